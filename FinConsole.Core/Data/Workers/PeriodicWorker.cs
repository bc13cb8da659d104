using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Data.Workers;

/// <summary>Work that the program does again and again. A run that fails is logged, and the next one comes in its time.</summary>
/// <param name="schedule">How often.</param>
/// <param name="time">The clock it goes by.</param>
/// <param name="logger">The worker's own.</param>
public abstract partial class PeriodicWorker(WorkerSchedule schedule, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>One run. What it throws is logged, unless the program stops.</summary>
    protected abstract Task RunAsync(CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(schedule.Interval, time);
        if (schedule.AtStart)
            await TryRunAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryRunAsync(stoppingToken);
    }

    /// <summary>One run by itself: when the program stops, what is left is to be written.</summary>
    protected async Task TryRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(failure, schedule.Interval);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "This worker's run failed; the next one is in {Interval}")]
    private partial void LogFailed(Exception failure, TimeSpan interval);
}
