using FinConsole.Core.Team;

namespace FinConsole.Web.Team;

/// <summary>The use cases that the team page offers as one-press actions.</summary>
public sealed record TeamCommands(ResendInvitation Resend, RevokeInvitation Revoke, ReactivateMember Reactivate, ResetMemberMfa ResetMfa);

/// <summary>What the team page reads.</summary>
public sealed record TeamLists(ListMembers Members, ListInvitations Invitations, CountTeam Count);
