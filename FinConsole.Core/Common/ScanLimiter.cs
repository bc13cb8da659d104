using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.Common;

/// <summary>
/// Keeps reads that no index answers from starving everything else. A scan is a series of short reads. All scans, exports and
/// verifications of an instance share a few turns, half as many as it has cores, and each read takes one. A search is admitted only
/// while few of its tenant run, and rests after each read for as long as the read took.
/// </summary>
public sealed class ScanLimiter : IDisposable
{
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _tenants = new();
    private readonly SemaphoreSlim _instance;
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly ScanOptions _options;
    private readonly TimeProvider _time;

    public ScanLimiter(IOptions<ScanOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _instance = new SemaphoreSlim(_options.PerInstance);
    }

    /// <summary>Admits a search of this tenant; null when none of those before it ended in time. The caller disposes the permit.</summary>
    public async Task<ScanPermit?> BeginSearchAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        var tenant = _tenants.GetOrAdd(tenantId, _ => new SemaphoreSlim(_options.PerTenant));
        if (!await tenant.WaitAsync(_options.LongestWait, cancellationToken))
            return null;
        var admitted = false;
        try
        {
            var left = _options.LongestWait - _time.GetElapsedTime(begun);
            admitted = await _instance.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            return admitted ? new ScanPermit(_turns, _time, rests: true, Release) : null;
        }
        finally
        {
            if (!admitted)
                tenant.Release();
        }

        void Release()
        {
            _instance.Release();
            tenant.Release();
        }
    }

    /// <summary>Admits an export or a verification, which somebody waits for: it takes turns with all the others, and does not rest.</summary>
    public ScanPermit BeginExport() => new(_turns, _time, rests: false, () => { });

    public void Dispose()
    {
        _instance.Dispose();
        _turns.Dispose();
        foreach (var tenant in _tenants.Values)
            tenant.Dispose();
    }
}
