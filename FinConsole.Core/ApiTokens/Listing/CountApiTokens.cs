using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>A tenant's live tokens, counted.</summary>
/// <param name="Live">Neither ended nor about to be forgotten: everything in <see cref="TokenFilter.Live"/>.</param>
/// <param name="Attention">How many of them expire soon, are overdue or dormant, or act as a deactivated cashier.</param>
public sealed record TokenCounts(int Live, int Production, int Expiring, int Overdue, int Dormant, int Rotating, int Attention)
{
    public static readonly TokenCounts None = new(0, 0, 0, 0, 0, 0, 0);
}

/// <summary>Counts a tenant's live tokens in one query.</summary>
public sealed class CountApiTokens(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public async Task<Result<TokenCounts>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadTokens, new AuditSubject(AuditResource.Token, null, "Tokens"), cancellationToken) is { } refusal)
            return refusal;

        var live = TokenFilter.Live;
        await using var context = db.Open(actor.TenantId);
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        var facts =
            from token in TokenFacts.Of(context.Set<ApiToken>().AsNoTracking(), time.GetUtcNow(), policy.Rotation)
            join cashier in context.Set<ConsoleUser>() on token.Token.CashierId equals cashier.Id
            where token.Token.EndedAt == null && live.Contains(token.Status)
            select new
            {
                token.Token.Environment,
                Rotating = token.Token.OverlapEndsAt != null,
                Expiring = token.Status == TokenStatus.Expiring,
                token.Dormant,
                token.Overdue,
                Orphaned = cashier.DeactivatedAt != null || cashier.Role != Role.Cashier,
            };
        var counts = await facts.GroupBy(_ => 1).Select(all => new TokenCounts(
            all.Count(),
            all.Count(token => token.Environment == TokenEnvironment.Production),
            all.Count(token => token.Expiring),
            all.Count(token => token.Overdue && !token.Rotating),
            all.Count(token => token.Dormant),
            all.Count(token => token.Rotating),
            all.Count(token => !token.Rotating && (token.Expiring || token.Overdue || token.Dormant || token.Orphaned)))).SingleOrDefaultAsync(cancellationToken);
        return counts ?? TokenCounts.None;
    }
}
