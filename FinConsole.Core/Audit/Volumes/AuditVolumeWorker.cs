using FinConsole.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Audit.Volumes;

/// <summary>Counts every quarter of a minute, in one instance at a time.</summary>
public sealed partial class AuditVolumeWorker(FoldAuditVolume fold, Leases leases, TimeProvider time, ILogger<AuditVolumeWorker> logger) : BackgroundService
{
    private const string Part = "audit volume";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await leases.TryHoldAsync(Part, Life, stoppingToken))
                    await fold.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log's volume could not be counted; trying again")]
    private partial void LogFailed(Exception failure);
}
