using FinConsole.Core.Audit;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens;

/// <summary>
/// Writes down what time alone has ended: pending tokens that nobody saved, overlaps that are over, tokens that expired. Nothing
/// depends on its punctuality: a status is derived from the times, the sweep only records it, and frees the names.
/// </summary>
public sealed class TokenSweep(ConsoleDb db, AuditedTransactions transactions, TimeProvider time)
{
    private const int MostAtOnce = 200;

    /// <summary>Ends what is due; answers how many tokens that were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var (tenantId, tokenId) in await FindDueAsync(cancellationToken))
        {
            await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(tenantId, "token sweep"), cancellationToken);
            if (await TryEndAsync(transaction, tokenId, cancellationToken))
                ended++;
        }

        return ended;
    }

    private async Task<List<(Guid Tenant, Guid Token)>> FindDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        var due = await context.Set<ApiToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(token => token.EndedAt == null
                && (token.ExpiresAt <= now || token.OverlapEndsAt <= now || (token.AcknowledgedAt == null && token.PendingUntil <= now)))
            .OrderBy(token => token.ExpiresAt)
            .Select(token => new { token.TenantId, token.Id })
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
        return [.. due.Select(row => (row.TenantId, row.Id))];
    }

    private static async Task<bool> TryEndAsync(AuditedTransaction transaction, Guid tokenId, CancellationToken cancellationToken)
    {
        if (await TokenRows.LockAsync(transaction, tokenId, cancellationToken) is not { EndedAt: null } token)
            return false;

        var (end, at, action) = TokenStatusRule.Of(token, transaction.Now) switch
        {
            TokenStatus.Retired => (TokenEnd.Retired, token.OverlapEndsAt!.Value, AuditAction.TokenRetire),
            TokenStatus.Void => (TokenEnd.Void, token.PendingUntil, AuditAction.TokenVoid),
            TokenStatus.Expired => (TokenEnd.Expired, token.ExpiresAt, AuditAction.TokenExpire),
            _ => (default, default, default),
        };
        if (end == default)
            return false;

        await transaction.Db.Set<ApiToken>().Where(row => row.Id == tokenId && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, at).SetProperty(row => row.EndReason, end), cancellationToken);
        if (end == TokenEnd.Void)
            await TokenRows.UnlinkPredecessorAsync(transaction, tokenId, cancellationToken);
        transaction.Audit(action, TokenRows.Subject(token.Id, token.Name), new AuditDetails());
        transaction.Announce(ChangeKind.Token, tokenId);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
