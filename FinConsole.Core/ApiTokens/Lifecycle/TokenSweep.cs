using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>
/// Writes down what time alone has ended: pending tokens that nobody saved, overlaps that are over, tokens that expired. Nothing
/// depends on its punctuality: a status is derived from the times, the sweep only records it, and frees the names.
/// </summary>
public sealed class TokenSweep(ConsoleDb db, AuditedTransactions transactions, TimeProvider time)
{
    private const int MostAtOnce = 200;

    /// <summary>Ends what is due; returns how many tokens that were.</summary>
    /// <exception cref="AggregateException">Some could not be ended; the others are.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        await RunEach.DoAsync(await FindDueAsync(cancellationToken), due => TryEndAsync(due.Tenant, due.Token, cancellationToken));

    private async Task<bool> TryEndAsync(Guid tenantId, Guid tokenId, CancellationToken cancellationToken)
    {
        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(tenantId, "token sweep"), cancellationToken);
        if (!await DueTokens.TryEndAsync(transaction, tokenId, cancellationToken))
            return false;
        await transaction.CommitAsync(cancellationToken);
        return true;
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
