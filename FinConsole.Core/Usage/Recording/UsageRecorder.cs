using System.Net;
using FinConsole.Core.Audit.Volumes;

namespace FinConsole.Core.Usage.Recording;

/// <summary>
/// Counts requests in memory, on the path of every one of them: it waits for nothing, and allocates only for a combination of token,
/// endpoint, status class, address, scope and hour that is new since the last second. <see cref="UsageFlush"/> writes down what gathers.
/// </summary>
public sealed class UsageRecorder
{
    /// <summary>How many combinations a second may hold; beyond, requests are counted without their address.</summary>
    public const int MostKeys = 50_000;

    /// <summary>How many more are kept for those; beyond, requests are counted as lost.</summary>
    public const int Reserve = 10_000;

    private readonly ConcurrentCounter<UsageKey> _counter = new();
    private long _lost;

    /// <summary>How many requests this instance could not count since it started.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Counts one request.</summary>
    public void Count(in UsageEvent used) => Count(used, 1);

    internal void Count(in UsageEvent used, long times)
    {
        var key = new UsageKey(
            used.TenantId, used.TokenId, used.Endpoint, UsageStatuses.Of(used.Status), used.Ip, used.Accepted ? used.Scope : null, AuditHours.Of(used.At), used.Accepted);
        if (!_counter.TryAdd(key, used.At.UtcTicks, MostKeys, times) && !_counter.TryAdd(key with { Ip = null }, used.At.UtcTicks, MostKeys + Reserve, times))
            Interlocked.Add(ref _lost, times);
    }

    internal void Drain(Action<UsageKey, long, long> take) => _counter.Drain(take);
}

/// <summary>What is counted apart in memory.</summary>
internal readonly record struct UsageKey(Guid TenantId, Guid TokenId, string Endpoint, UsageStatus Status, IPAddress? Ip, string? Scope, int Hour, bool Accepted)
{
    // Of what tells most keys apart: hashing the texts as well would be most of what counting costs.
    public override int GetHashCode() => HashCode.Combine(TokenId, Ip, (int)Status, Hour, Endpoint.Length);
}
