using FinConsole.Core.Audit;
using FinConsole.Core.Data;
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
            if (!await DueTokens.TryEndAsync(transaction, tokenId, cancellationToken))
                continue;
            await transaction.CommitAsync(cancellationToken);
            ended++;
        }

        return ended;
    }

    private async Task<List<(Guid Tenant, Guid Token)>> FindDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        var due = await context.Set<ApiToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(DueTokens.At(now))
            .OrderBy(token => token.ExpiresAt)
            .Select(token => new { token.TenantId, token.Id })
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
        return [.. due.Select(row => (row.TenantId, row.Id))];
    }
}
