using FinConsole.Core.Common;
using FinConsole.Core.Data.Workers;
using FinConsole.Core.EncryptionKeys.Decryption;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>Runs the sweep every half minute, and writes which clients failed to sign in because of their digests.</summary>
public sealed class KeyWorker(KeySweep sweep, OaepClients clients, TimeProvider time, ILogger<KeyWorker> logger)
    : PeriodicWorker(new WorkerSchedule(TimeSpan.FromSeconds(30), AtStart: true), time, logger)
{
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        Func<Task>[] runs = [() => sweep.RunAsync(cancellationToken), () => clients.FlushAsync(cancellationToken)];
        return RunEach.DoAsync(runs, async run =>
        {
            await run();
            return true;
        });
    }
}
