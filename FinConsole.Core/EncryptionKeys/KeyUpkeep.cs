using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>Runs the sweep every half minute.</summary>
public sealed partial class KeyUpkeep(KeySweep sweep, TimeProvider time, ILogger<KeyUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The upkeep of encryption keys failed; trying again in half a minute")]
    private partial void LogFailed(Exception failure);
}
