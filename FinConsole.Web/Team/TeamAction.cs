using FinConsole.Core.Team;

namespace FinConsole.Web.Team;

/// <summary>What somebody wants of a member or of an invitation.</summary>
public sealed record TeamAction(TeamDialog Dialog, MemberView? Member = null, InvitationView? Invitation = null);

/// <summary>The dialogs and direct actions of the team page.</summary>
public enum TeamDialog
{
    None,
    Invite,
    Resend,
    Revoke,
    Role,
    Deactivate,
    Reactivate,
    ResetMfa,
}
