using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Core.Team;

/// <summary>A pending invitation as admins see it: everything but its link.</summary>
/// <param name="Name">As the inviter gave it; null for none.</param>
/// <param name="InvitedBy">The inviter's name at the time.</param>
/// <param name="SentAt">When the link in force was made.</param>
/// <param name="Expired">The link is dead; sending it again makes a new one.</param>
public sealed record InvitationView(Guid Id, string Email, string? Name, Role Role, string InvitedBy, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, bool Expired);

/// <summary>A link that was made just now, to be shown once.</summary>
/// <param name="Link">The whole address, with the secret in it.</param>
/// <param name="ExpiresAt">When it stops working.</param>
public sealed record NewInvitation(Guid Id, string Email, Secret Link, DateTimeOffset ExpiresAt);
