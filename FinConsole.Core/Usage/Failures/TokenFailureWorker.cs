using FinConsole.Core.Data;
using FinConsole.Core.Data.Workers;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Usage.Failures;

/// <summary>Writes refusals of tokens into the audit log once their hour is over.</summary>
internal sealed class TokenFailureWorker(AuditTokenFailures audit, Leases leases, TimeProvider time, ILogger<TokenFailureWorker> logger)
    : LeasedWorker(Lease, new WorkerSchedule(TimeSpan.FromMinutes(1)), leases, time, logger)
{
    private static readonly WorkerLease Lease = new("token failures", TimeSpan.FromMinutes(5));

    protected override Task RunAloneAsync(CancellationToken cancellationToken) => audit.RunAsync(cancellationToken);
}
