using FinConsole.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Usage.Failures;

/// <summary>Looks every minute for refusals whose hour is over: one instance at a time.</summary>
internal sealed partial class TokenFailureWorker(AuditTokenFailures audit, Leases leases, TimeProvider time, ILogger<TokenFailureWorker> logger) : BackgroundService
{
    private const string Part = "token failures";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeaseLife = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await leases.TryHoldAsync(Part, LeaseLife, stoppingToken))
                    await audit.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Refusals of tokens could not be written into the audit log; trying again in a minute")]
    private partial void LogFailed(Exception failure);
}
