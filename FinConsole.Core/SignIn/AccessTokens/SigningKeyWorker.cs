using FinConsole.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>Looks once a minute whether the next signing key is due and which refresh tokens are over: one instance at a time.</summary>
internal sealed partial class SigningKeyWorker(SigningKeys keys, RefreshTokens refreshTokens, Leases leases, TimeProvider time, ILogger<SigningKeyWorker> logger) : BackgroundService
{
    private const string Part = "access-token-keys";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeaseLife = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                if (!await leases.TryHoldAsync(Part, LeaseLife, stoppingToken))
                    continue;
                await keys.RotateAsync(stoppingToken);
                await refreshTokens.ForgetAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The upkeep of signing keys failed; trying again in a minute")]
    private partial void LogFailed(Exception failure);
}
