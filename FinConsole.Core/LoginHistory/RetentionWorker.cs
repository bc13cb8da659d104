using FinConsole.Core.Data;
using FinConsole.Core.Data.Workers;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.LoginHistory;

/// <summary>Deletes login history that is older than its tenant keeps it, once an hour.</summary>
internal sealed class RetentionWorker(LoginRetention retention, Leases leases, TimeProvider time, ILogger<RetentionWorker> logger)
    : LeasedWorker(Lease, new WorkerSchedule(TimeSpan.FromHours(1), AtStart: true), leases, time, logger)
{
    // Renewed between batches; an instance that dies leaves the rest to another's next run.
    private static readonly WorkerLease Lease = new("login retention", TimeSpan.FromMinutes(5));

    // 2,500 rows a second at most: a million takes seven minutes, and nobody waits for it.
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time = time;

    protected override async Task RunAloneAsync(CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await retention.RunAsync(stop => PauseAsync(lost, stop), lost.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another instance holds the lease now, and goes on.
        }
    }

    private async Task PauseAsync(CancellationTokenSource lost, CancellationToken cancellationToken)
    {
        if (!await HoldAsync(cancellationToken))
            await lost.CancelAsync();
        await Task.Delay(BetweenBatches, _time, cancellationToken);
    }
}
