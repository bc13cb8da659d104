using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>
/// Anchors every chain once a minute, and reports a register that somebody changed. Every instance does so, without a lease: a row in the
/// database could keep all of them from it.
/// </summary>
public sealed partial class AnchorWorker(AnchorChains anchor, TimeProvider time, ILogger<AnchorWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var reported = false;
        do
        {
            try
            {
                var sound = await anchor.RunAsync(stoppingToken);
                if (!sound && !reported)
                    LogUnsound();
                reported = !sound;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The register of audit chains was removed or altered in the database. Run \"audit verify\", and restore the database from a backup")]
    private partial void LogUnsound();

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit chains could not be anchored; trying again")]
    private partial void LogFailed(Exception failure);
}
