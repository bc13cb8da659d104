using FinConsole.Core.Data.Workers;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>
/// Anchors every chain once a minute, and reports a register that somebody changed. Every instance does so, without a lease: a row in the
/// database could keep all of them from it.
/// </summary>
public sealed partial class AnchorWorker(AnchorChains anchor, TimeProvider time, ILogger<AnchorWorker> logger)
    : PeriodicWorker(new WorkerSchedule(TimeSpan.FromMinutes(1), AtStart: true), time, logger)
{
    private readonly ILogger _logger = logger;
    private bool _reported;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var sound = await anchor.RunAsync(cancellationToken);
        if (!sound && !_reported)
            LogUnsound();
        _reported = !sound;
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The register of audit chains was removed or altered in the database. Run \"audit verify\", and restore the database from a backup")]
    private partial void LogUnsound();
}
