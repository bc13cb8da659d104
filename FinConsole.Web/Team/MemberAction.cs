using FinConsole.Core.Team;

namespace FinConsole.Web.Team;

/// <summary>What somebody wants of a member.</summary>
public sealed record MemberAction(MemberDialog Dialog, MemberView Member);

/// <summary>The dialogs of a member's menu.</summary>
public enum MemberDialog
{
    Role,
    Deactivate,
    Reactivate,
    ResetMfa,
}
