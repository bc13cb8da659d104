using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>A token as it may be shown: everything but its secret.</summary>
/// <param name="Masked">First eleven and last four characters.</param>
/// <param name="CashierActive">False when the account that it acts as is deactivated or no cashier any more: then the token is refused.</param>
/// <param name="Dormant">Unused for 30 days, or never used 30 days after it was made.</param>
/// <param name="Overdue">Older than the tenant's rotation policy allows for its environment.</param>
public sealed record TokenView(
    Guid Id, string Name, TokenEnvironment Environment, TokenStatus Status, string Masked, IReadOnlyList<string> Scopes, IReadOnlyList<string> Allowlist,
    Guid CashierId, string CashierEmail, bool CashierActive, string? Holder, Guid? HolderMemberId, TokenExpiry Expiry, DateTimeOffset CreatedAt, Guid CreatedById,
    string CreatedBy, DateTimeOffset ExpiresAt, DateTimeOffset PendingUntil, DateTimeOffset? DisabledAt, DateTimeOffset? LastUsedAt, string? LastUsedIp,
    Guid? PredecessorId, Guid? SuccessorId, DateTimeOffset? OverlapEndsAt, DateTimeOffset? EndedAt, TokenEnd? EndReason, InvalidationReason? InvalidationReason,
    string? EndComment, string? EndedBy, bool Dormant, bool Overdue)
{
    public bool HasEnded => Status.HasEnded();

    /// <summary>Whether rotating it makes sense now: it lives, is saved and enabled, and is not being replaced already.</summary>
    public bool CanRotate => Status is TokenStatus.Active or TokenStatus.Expiring or TokenStatus.Rotating && SuccessorId is null;
}

/// <summary>Projects token rows to <see cref="TokenView"/> in the database.</summary>
internal static class TokenViews
{
    public static IQueryable<TokenView> Project(ConsoleDbContext context, IQueryable<ApiToken> tokens, DateTimeOffset now, RotationPolicy policy) =>
        Project(context, TokenFacts.Of(tokens, now, policy));

    public static IQueryable<TokenView> Project(ConsoleDbContext context, IQueryable<TokenFacts> facts) =>
        facts.Join(context.Set<ConsoleUser>(), row => row.Token.CashierId, member => member.Id, (row, cashier) => new TokenView(
            row.Token.Id,
            row.Token.Name,
            row.Token.Environment,
            row.Status,
            row.Token.Prefix + "…" + row.Token.LastFour,
            TokenScopes.Split(row.Token.Scopes),
            IpAllowlist.Split(row.Token.Allowlist),
            row.Token.CashierId,
            cashier.Email!,
            cashier.DeactivatedAt == null && cashier.Role == Role.Cashier,
            row.Token.Holder,
            row.Token.HolderMemberId,
            row.Token.Expiry,
            row.Token.CreatedAt,
            row.Token.CreatedById,
            row.Token.CreatedBy,
            row.Token.ExpiresAt,
            row.Token.PendingUntil,
            row.Token.DisabledAt,
            row.Token.LastUsedAt,
            row.Token.LastUsedIp,
            row.Token.PredecessorId,
            row.Token.SuccessorId,
            row.Token.OverlapEndsAt,
            row.Token.EndedAt,
            row.Token.EndReason,
            row.Token.InvalidationReason,
            row.Token.EndComment,
            row.Token.EndedBy,
            row.Dormant,
            row.Overdue));
}
