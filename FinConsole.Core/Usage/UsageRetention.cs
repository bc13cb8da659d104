using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.Usage;

/// <summary>
/// Deletes counted hours that are older than they are kept. In small batches, oldest first: broken off, the next run goes on where this one
/// stopped. No audit entry: counts are not audited, neither when they come nor when they go.
/// </summary>
public sealed class UsageRetention(ConsoleDb db, WriteQueue queue, IOptions<UsageOptions> options, TimeProvider time)
{
    /// <summary>How many rows a transaction deletes at the least; it deletes whole hours of a tenant.</summary>
    public const int BatchSize = 1_000;

    /// <summary>Deletes what is due; returns how many rows that were.</summary>
    /// <param name="pause">Waited for between two batches, so that others are not held up.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public async Task<int> RunAsync(Func<CancellationToken, Task> pause, CancellationToken cancellationToken)
    {
        var end = AuditHours.Of(time.GetUtcNow().AddDays(-options.Value.RetentionDays));
        var deleted = 0;
        foreach (var tenant in await FindTenantsAsync(cancellationToken))
        {
            while (await DeleteBatchAsync(tenant, end, cancellationToken) is > 0 and var count)
            {
                deleted += count;
                await pause(cancellationToken);
            }
        }

        return deleted;
    }

    private async Task<List<Guid>> FindTenantsAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        return await context.Set<Tenant>().OrderBy(tenant => tenant.Id).Select(tenant => tenant.Id).ToListAsync(cancellationToken);
    }

    private async Task<int> DeleteBatchAsync(Guid tenantId, int end, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        var hours = context.Set<UsageHour>();
        var oldest = await hours.Where(hour => hour.Hour < end).OrderBy(hour => hour.Hour).Select(hour => hour.Hour).Take(BatchSize).ToListAsync(cancellationToken);
        if (oldest.Count == 0)
            return 0;
        var last = oldest[^1];
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        return await hours.Where(hour => hour.Hour <= last).ExecuteDeleteAsync(cancellationToken);
    }
}
