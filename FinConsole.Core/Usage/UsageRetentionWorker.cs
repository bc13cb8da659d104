using FinConsole.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Usage;

/// <summary>Looks once an hour for counts that nobody keeps any longer: one instance at a time.</summary>
internal sealed partial class UsageRetentionWorker(UsageRetention retention, Leases leases, TimeProvider time, ILogger<UsageRetentionWorker> logger) : BackgroundService
{
    private const string Part = "usage retention";
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LeaseLife = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                // Two instances at it at once, should one take longer than its lease, do no more harm than the same work twice.
                if (await leases.TryHoldAsync(Part, LeaseLife, stoppingToken))
                    await retention.RunAsync(cancellationToken => Task.Delay(BetweenBatches, time, cancellationToken), stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Old usage counts could not be deleted; trying again in an hour")]
    private partial void LogFailed(Exception failure);
}
