using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Data.Workers;

/// <summary>Work that one instance at a time does.</summary>
/// <param name="lease">What the instance holds meanwhile.</param>
/// <param name="schedule">How often it looks whether the work is its own.</param>
/// <param name="leases">Who holds what.</param>
/// <param name="time">The clock it goes by.</param>
/// <param name="logger">The worker's own.</param>
public abstract class LeasedWorker(WorkerLease lease, WorkerSchedule schedule, Leases leases, TimeProvider time, ILogger logger)
    : PeriodicWorker(schedule, time, logger)
{
    /// <summary>Takes or renews the lease; false while another instance holds it.</summary>
    protected Task<bool> HoldAsync(CancellationToken cancellationToken) => leases.TryHoldAsync(lease.Name, lease.Life, cancellationToken);

    /// <summary>One run, while this instance holds the lease.</summary>
    protected abstract Task RunAloneAsync(CancellationToken cancellationToken);

    protected sealed override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await HoldAsync(cancellationToken))
            await RunAloneAsync(cancellationToken);
    }
}
