using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.ServiceTokens;

/// <summary>Writes down once a minute, and when the program stops, when service tokens were last used.</summary>
internal sealed partial class ServiceTokenWorker(ServiceTokenUses uses, TimeProvider time, ILogger<ServiceTokenWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await WriteAsync(stoppingToken);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await uses.WriteAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogNotWritten(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "When service tokens were last used could not be written; it is kept, and tried again in a minute")]
    private partial void LogNotWritten(Exception failure);
}
