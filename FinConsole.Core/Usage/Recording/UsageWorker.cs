using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Usage.Recording;

/// <summary>Writes counts down once a second, and what is left when the program stops: the server has stopped answering by then.</summary>
internal sealed partial class UsageWorker(UsageFlush flush, TimeProvider time, ILogger<UsageWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private bool _failing;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await flush.RunAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            LogNotWritten(failure, flush.Waiting);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RunAsync();
    }

    // Not stopped halfway: a commit whose answer nobody waits for would be written once more.
    private async Task RunAsync()
    {
        try
        {
            await flush.RunAsync(CancellationToken.None);
            if (_failing)
                LogBack();
            _failing = false;
        }
        catch (Exception failure)
        {
            if (!_failing)
                LogFailed(failure);
            _failing = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Usage counts could not be written; they are kept, and tried again each second")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Usage counts are written again")]
    private partial void LogBack();

    [LoggerMessage(Level = LogLevel.Error, Message = "The program stops and could not write the counts of {Count} requests, which are lost")]
    private partial void LogNotWritten(Exception failure, long count);
}
