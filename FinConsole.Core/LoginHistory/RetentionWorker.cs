using FinConsole.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.LoginHistory;

/// <summary>Looks once an hour for login history that nobody keeps any longer: one instance at a time.</summary>
internal sealed partial class RetentionWorker(LoginRetention retention, Leases leases, TimeProvider time, ILogger<RetentionWorker> logger) : BackgroundService
{
    private const string Part = "login retention";
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // 2,500 rows a second at most: a million takes seven minutes, and nobody waits for it.
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(200);

    // Renewed between batches; an instance that dies leaves the rest to another's next look.
    private static readonly TimeSpan LeaseLife = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            await RunAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!await leases.TryHoldAsync(Part, LeaseLife, stoppingToken))
                return;
            using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await retention.RunAsync(cancellationToken => PauseAsync(lost, cancellationToken), lost.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Another instance holds the part now, and goes on.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure);
        }
    }

    private async Task PauseAsync(CancellationTokenSource lost, CancellationToken cancellationToken)
    {
        if (!await leases.TryHoldAsync(Part, LeaseLife, cancellationToken))
            await lost.CancelAsync();
        await Task.Delay(BetweenBatches, time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Old login history could not be deleted; trying again in an hour")]
    private partial void LogFailed(Exception failure);
}
