using System.Collections.Concurrent;
using System.Threading.Channels;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Usage.Recording;

namespace FinConsole.Core.Usage.Failures;

/// <summary>
/// Notes that a known token was refused: counted in memory, for one audit entry a token, reason, address and hour. A token that has
/// ended is reported to login history besides, off the request's path. Waits for nothing.
/// </summary>
public sealed class TokenFailures(TimeProvider time)
{
    private const int MostKeys = 10_000;
    private const int Reserve = 10_000;
    private const int MostReports = 10_000;
    private const int QueuedReports = 256;

    private readonly ConcurrentCounter<FailureKey> _counter = new();
    private readonly ConcurrentDictionary<(Guid Token, string Ip), int> _reported = new();
    private readonly Channel<(Guid Token, RequestOrigin Origin)> _reports =
        Channel.CreateBounded<(Guid, RequestOrigin)>(new BoundedChannelOptions(QueuedReports) { SingleReader = true });

    private long _lost;

    /// <summary>How many refusals this instance could not count since it started.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Ended tokens to report, each address (of IPv6: each /64) once an hour.</summary>
    internal ChannelReader<(Guid Token, RequestOrigin Origin)> Reports => _reports.Reader;

    /// <summary>Notes one refusal.</summary>
    public void Note(Guid tokenId, Guid tenantId, TokenFailureReason reason, RequestOrigin origin)
    {
        var now = time.GetUtcNow();
        var key = new FailureKey(tenantId, tokenId, reason, origin.Ip ?? "", AuditHours.Of(now));
        if (!_counter.TryAdd(key, now.UtcTicks, MostKeys) && !_counter.TryAdd(key with { Ip = "" }, now.UtcTicks, MostKeys + Reserve))
            Interlocked.Increment(ref _lost);
        if (reason == TokenFailureReason.Ended)
            Report(tokenId, origin, key.Hour);
    }

    internal void Drain(Action<FailureKey, long, long> take) => _counter.Drain(take);

    // Who does not get in tries again with the next request: the mark is set by those alone that do.
    private void Report(Guid tokenId, RequestOrigin origin, int hour)
    {
        var about = (tokenId, CountedAddress.Of(origin.Ip ?? ""));
        if (_reported.TryGetValue(about, out var last) && last == hour)
            return;
        if (_reported.Count >= MostReports)
            _reported.Clear();
        if (_reports.Writer.TryWrite((tokenId, origin)))
            _reported[about] = hour;
    }
}

/// <summary>What is counted apart: one audit entry each.</summary>
/// <param name="Ip">Empty for those whose address is not known, or is one too many.</param>
/// <param name="Hour">Hours since 1970-01-01T00:00Z.</param>
internal readonly record struct FailureKey(Guid TenantId, Guid TokenId, TokenFailureReason Reason, string Ip, int Hour);
