using FinConsole.Core.Data;
using FinConsole.Core.Data.Workers;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.LoginHistory;

/// <summary>Evaluates pending attempts, four times a second: in one instance at a time, so that they are evaluated in their order.</summary>
internal sealed class RiskWorker(RiskAnalyst analyst, Leases leases, TimeProvider time, ILogger<RiskWorker> logger)
    : LeasedWorker(Lease, new WorkerSchedule(TimeSpan.FromMilliseconds(250)), leases, time, logger)
{
    private static readonly WorkerLease Lease = new("risk", TimeSpan.FromSeconds(10));

    // What cannot be evaluated now can hardly be so in a quarter of a second.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = time;

    protected override async Task RunAloneAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await analyst.EvaluatePendingAsync(cancellationToken) > 0 && await HoldAsync(cancellationToken))
            {
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await Task.Delay(AfterFailure, _time, cancellationToken);
            throw;
        }
    }
}
