using FinConsole.Core.Team;

namespace FinConsole.Web.Team;

/// <summary>What somebody wants of a pending invitation.</summary>
public sealed record InvitationAction(InvitationDialog Dialog, InvitationView Invitation);

/// <summary>What the buttons of an invitation do: send it again at once, or ask whether to revoke it.</summary>
public enum InvitationDialog
{
    Resend,
    Revoke,
}
