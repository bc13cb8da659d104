using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.Common;

/// <summary>
/// Keeps reads that no index answers from starving everything else. A scan is a series of short reads. All searches, exports and
/// verifications of an instance share a few turns, half as many as it has cores, and each read takes one. A search reads for a
/// millisecond at a time, and its turn rests for as long; beyond its first rows it needs a permit, of which a tenant has few.
/// </summary>
public sealed class ScanLimiter : IDisposable
{
    /// <summary>How long a read of a search lasts. A request that wants its core waits so long at worst.</summary>
    internal static readonly TimeSpan SearchRead = TimeSpan.FromMilliseconds(1);

    /// <summary>And one of an export or a verification, which read whole lists and are awaited: no longer than the system lets a thread run.</summary>
    internal static readonly TimeSpan ExportRead = TimeSpan.FromMilliseconds(4);

    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _tenants = new();
    private readonly SemaphoreSlim _instance;
    private readonly ScanTurns _turns;
    private readonly ScanOptions _options;
    private readonly TimeProvider _time;

    public ScanLimiter(IOptions<ScanOptions> options, TimeProvider time)
        : this(options, time, TimeProvider.System)
    {
    }

    /// <param name="rests">Counts the rests. By a clock that stands still a turn would never be free again, and every scan after it would wait.</param>
    internal ScanLimiter(IOptions<ScanOptions> options, TimeProvider time, TimeProvider rests)
    {
        (_options, _time) = (options.Value, time);
        _instance = new SemaphoreSlim(_options.PerInstance);
        _turns = new ScanTurns(Math.Max(1, Environment.ProcessorCount / 2), time, rests);
    }

    /// <summary>A search of this tenant, which has yet to be admitted. The caller disposes it.</summary>
    public Scan BeginSearch(Guid tenantId) => new(_turns, SearchRead, rests: true, cancel => AdmitAsync(tenantId, cancel));

    /// <summary>The same, admitted; null when none of those before it ended in time.</summary>
    public async Task<Scan?> BeginSearchAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        var search = BeginSearch(tenantId);
        return await search.AdmitAsync(cancellationToken) ? search : null;
    }

    /// <summary>An export or a verification, which somebody waits for: it is always admitted, takes turns with all the others, and does not rest.</summary>
    public Scan BeginExport() => new(_turns, ExportRead, rests: false, _ => Task.FromResult<Action?>(() => { }));

    public void Dispose()
    {
        _turns.Dispose();
        _instance.Dispose();
        foreach (var tenant in _tenants.Values)
            tenant.Dispose();
    }

    // What gives the permit back; null when there is none.
    private async Task<Action?> AdmitAsync(Guid tenantId, CancellationToken cancellationToken)
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
            return admitted ? Release : null;
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
}
