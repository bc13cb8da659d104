using FinConsole.Core.Data.Workers;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.ServiceTokens;

/// <summary>Writes once a minute, and when the program stops, when service tokens were last used. What could not be written is kept.</summary>
internal sealed class ServiceTokenWorker(ServiceTokenUses uses, TimeProvider time, ILogger<ServiceTokenWorker> logger)
    : PeriodicWorker(new WorkerSchedule(TimeSpan.FromMinutes(1)), time, logger)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryRunAsync(cancellationToken);
    }

    protected override Task RunAsync(CancellationToken cancellationToken) => uses.WriteAsync(cancellationToken);
}
