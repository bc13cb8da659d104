using FinConsole.Core.EncryptionKeys.Decryption;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>Runs the sweep every half minute, and writes which clients failed to sign in because of their digests.</summary>
public sealed partial class KeyWorker(KeySweep sweep, OaepClients clients, TimeProvider time, ILogger<KeyWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await TryAsync(() => sweep.RunAsync(stoppingToken));
            await TryAsync(() => clients.FlushAsync(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The upkeep of encryption keys failed; trying again in half a minute")]
    private partial void LogFailed(Exception failure);
}
