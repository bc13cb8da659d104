using FinConsole.Core.Data;
using FinConsole.Core.Data.Workers;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>Makes the next signing key when it is due and forgets refresh tokens that are over, once a minute.</summary>
internal sealed class SigningKeyWorker(
    SigningKeys keys, RefreshTokens refreshTokens, Leases leases, TimeProvider time, ILogger<SigningKeyWorker> logger)
    : LeasedWorker(Lease, new WorkerSchedule(TimeSpan.FromMinutes(1), AtStart: true), leases, time, logger)
{
    private static readonly WorkerLease Lease = new("access-token-keys", TimeSpan.FromMinutes(5));

    protected override async Task RunAloneAsync(CancellationToken cancellationToken)
    {
        await keys.RotateAsync(cancellationToken);
        await refreshTokens.ForgetAsync(cancellationToken);
    }
}
