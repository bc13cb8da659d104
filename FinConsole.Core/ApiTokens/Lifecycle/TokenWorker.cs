using FinConsole.Core.Common;
using FinConsole.Core.Data.Workers;
using FinConsole.Core.UseCases.Idempotency;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>Runs the sweep and the reminders every half minute, and forgets old idempotency keys.</summary>
public sealed class TokenWorker(
    TokenSweep sweep, ExpiryReminders reminders, IdempotencyGuard idempotency, TimeProvider time, ILogger<TokenWorker> logger)
    : PeriodicWorker(new WorkerSchedule(TimeSpan.FromSeconds(30), AtStart: true), time, logger)
{
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        Func<CancellationToken, Task<int>>[] runs = [sweep.RunAsync, reminders.RunAsync, idempotency.PruneAsync];
        return RunEach.DoAsync(runs, async run => await run(cancellationToken) > 0);
    }
}
