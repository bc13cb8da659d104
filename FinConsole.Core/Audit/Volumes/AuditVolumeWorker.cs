using FinConsole.Core.Data;
using FinConsole.Core.Data.Workers;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Audit.Volumes;

/// <summary>Counts new entries every quarter of a minute.</summary>
public sealed class AuditVolumeWorker(FoldAuditVolume fold, Leases leases, TimeProvider time, ILogger<AuditVolumeWorker> logger)
    : LeasedWorker(Lease, new WorkerSchedule(TimeSpan.FromSeconds(15)), leases, time, logger)
{
    private static readonly WorkerLease Lease = new("audit volume", TimeSpan.FromMinutes(2));

    protected override Task RunAloneAsync(CancellationToken cancellationToken) => fold.RunAsync(cancellationToken);
}
