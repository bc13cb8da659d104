using FinConsole.Core.Data;
using FinConsole.Core.Data.Workers;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Usage;

/// <summary>Deletes usage counts that are older than they are kept, once an hour.</summary>
internal sealed class UsageRetentionWorker(UsageRetention retention, Leases leases, TimeProvider time, ILogger<UsageRetentionWorker> logger)
    : LeasedWorker(Lease, new WorkerSchedule(TimeSpan.FromHours(1), AtStart: true), leases, time, logger)
{
    // Two instances at it at once, should one take longer than its lease, do no more harm than the same work twice.
    private static readonly WorkerLease Lease = new("usage retention", TimeSpan.FromMinutes(30));

    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time = time;

    protected override Task RunAloneAsync(CancellationToken cancellationToken) =>
        retention.RunAsync(stop => Task.Delay(BetweenBatches, _time, stop), cancellationToken);
}
