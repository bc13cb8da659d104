using FinConsole.Core.Common;
using FinConsole.Core.UseCases.Idempotency;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>Runs the sweep and the reminders every half minute, and forgets old idempotency keys.</summary>
public sealed partial class TokenWorker(TokenSweep sweep, ExpiryReminders reminders, IdempotencyGuard idempotency, TimeProvider time, ILogger<TokenWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                Func<CancellationToken, Task<int>>[] runs = [sweep.RunAsync, reminders.RunAsync, idempotency.PruneAsync];
                await RunEach.DoAsync(runs, async run => await run(stoppingToken) > 0);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The upkeep of tokens failed; trying again in half a minute")]
    private partial void LogFailed(Exception failure);
}
