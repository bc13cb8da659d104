using System.Collections.Concurrent;
using FinConsole.Core.Common;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>At most so many password tries a minute from one address (of IPv6: one /64), in fixed windows of 60 s, counted by each instance for itself.</summary>
public sealed class SignInLimiter(IOptions<RateLimitOptions> options, ConsoleMetrics metrics, TimeProvider time)
{
    private const int SweepAt = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long Window, int Count)> _counts = new();

    /// <summary>Counts a try; returns how long to wait when it is one too many.</summary>
    public TimeSpan? TryTake(string? ip)
    {
        var limit = options.Value.SignInPerIpPerMinute;
        if (limit == 0 || ip is null)
            return null;

        var ticks = time.GetUtcNow().UtcTicks;
        var window = ticks / Window.Ticks;
        if (_counts.Count > SweepAt)
            Forget(window);
        var count = _counts.AddOrUpdate(CountedAddress.Of(ip), (window, 1), (_, seen) => seen.Window == window ? (window, seen.Count + 1) : (window, 1)).Count;
        if (count <= limit)
            return null;
        metrics.Limited("sign-in");
        return TimeSpan.FromTicks(((window + 1) * Window.Ticks) - ticks);
    }

    private void Forget(long window)
    {
        foreach (var (ip, seen) in _counts)
        {
            if (seen.Window != window)
                _counts.TryRemove(new KeyValuePair<string, (long, int)>(ip, seen));
        }
    }
}

/// <summary>Section <c>RateLimits</c>; 0 means none.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Tries to sign in from one address; a /64 of IPv6 counts as one.</summary>
    public int SignInPerIpPerMinute { get; set; } = 20;

    /// <summary>API requests with one token.</summary>
    public int PerTokenPerMinute { get; set; } = 600;

    /// <summary>API requests of one tenant's tokens and members together.</summary>
    public int PerTenantPerMinute { get; set; } = 6000;

    /// <summary>API requests of one member.</summary>
    public int PerAccountPerMinute { get; set; } = 600;

    /// <summary>API requests from one address (a /64 of IPv6 counts as one), whoever sends them; the operator's own servers are not counted.</summary>
    public int PerIpPerMinute { get; set; } = 6000;

    /// <summary>Encrypted fields that are decrypted for one tenant.</summary>
    public int PayloadFieldsPerTenantPerMinute { get; set; } = 6000;
}
