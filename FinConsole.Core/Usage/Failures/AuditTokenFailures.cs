using FinConsole.Core.ApiTokens;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Usage.Failures;

/// <summary>
/// Writes the refusals of hours that are over into the audit log: one entry a token, reason, address and hour, with a count, so that a
/// dead token's loop cannot flood the chain. An entry and the end of its row are one transaction.
/// </summary>
public sealed class AuditTokenFailures(ConsoleDb db, AuditedTransactions transactions, TimeProvider time)
{
    // The tenant's other changes wait for one of these at most.
    private const int EntriesPerTransaction = 100;

    /// <summary>How long after an hour's end its counts are looked at: by then every instance has written its own. What comes later makes an entry more.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    /// <summary>Writes what is due in every tenant; returns how many entries that were.</summary>
    /// <exception cref="AggregateException">Some tenants failed; the others are done.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var end = AuditHours.Of(time.GetUtcNow() - Settling);
        var written = 0;
        await RunEach.DoAsync(await FindTenantsAsync(end, cancellationToken), async tenantId =>
        {
            while (await WriteAsync(tenantId, end, cancellationToken) is > 0 and var count)
                written += count;
            return true;
        });
        return written;
    }

    private async Task<List<Guid>> FindTenantsAsync(int end, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        return await context.Set<TokenFailure>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).Where(failure => failure.Hour < end)
            .Select(failure => failure.TenantId).Distinct().ToListAsync(cancellationToken);
    }

    private async Task<int> WriteAsync(Guid tenantId, int end, CancellationToken cancellationToken)
    {
        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(tenantId, "token verification"), cancellationToken);
        var failures = transaction.Db.Set<TokenFailure>();
        var due = await (
            from failure in failures.AsNoTracking()
            join token in transaction.Db.Set<ApiToken>() on failure.TokenId equals token.Id
            where failure.Hour < end
            orderby failure.Hour, failure.TokenId, failure.Reason, failure.Ip
            select new { Row = failure, token.Name }).Take(EntriesPerTransaction).ToListAsync(cancellationToken);
        var written = 0;
        foreach (var each in due)
        {
            var row = each.Row;
            // Only what was read: somebody who adds to it meanwhile keeps the row, and it is read anew.
            if (await failures.Where(one => one.Hour == row.Hour && one.TokenId == row.TokenId && one.Reason == row.Reason && one.Ip == row.Ip && one.Count == row.Count)
                .ExecuteDeleteAsync(cancellationToken) == 0)
            {
                continue;
            }

            var caller = new Actor(ActorKind.Token, tenantId, row.TokenId, each.Name, null, new RequestOrigin(row.Ip.Length == 0 ? null : row.Ip, null, ""));
            transaction.AuditOf(
                caller, AuditAction.TokenRefuse, new AuditSubject(AuditResource.Token, row.TokenId, each.Name),
                new AuditDetails().With(AuditField.Reason, row.Reason).With(AuditField.Count, row.Count).With(AuditField.Hour, AuditHours.StartOf(row.Hour)),
                AuditResult.Failure);
            written++;
        }

        if (written > 0)
            await transaction.CommitAsync(cancellationToken);
        return written;
    }
}
