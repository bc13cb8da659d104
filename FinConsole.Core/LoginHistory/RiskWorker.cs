using FinConsole.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.LoginHistory;

/// <summary>Looks four times a second whether an attempt waits to be evaluated: one instance at a time, so that attempts are evaluated in their order.</summary>
internal sealed partial class RiskWorker(RiskAnalyst analyst, Leases leases, TimeProvider time, ILogger<RiskWorker> logger) : BackgroundService
{
    private const string Part = "risk";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    // What cannot be evaluated now can hardly be so in a quarter of a second.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    // An instance that dies keeps the others waiting for no longer than this.
    private static readonly TimeSpan LeaseLife = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await leases.TryHoldAsync(Part, LeaseLife, cancellationToken) && await analyst.EvaluatePendingAsync(cancellationToken) > 0)
            {
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotEvaluated(failure);
            await Task.Delay(AfterFailure, time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sign-ins could not be judged; they are looked at again")]
    private partial void LogNotEvaluated(Exception failure);
}
