using System.Collections.Concurrent;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn.Passwords;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// At most as many refreshes a minute for one member as other API requests (<see cref="RateLimitOptions.PerAccountPerMinute"/>), counted by
/// each instance for itself: each writes an audit entry and a line of login history.
/// </summary>
public sealed class RefreshLimiter(IOptions<RateLimitOptions> options, ConsoleMetrics metrics, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, FixedWindow> _members = new();

    /// <summary>Counts a refresh; returns how long to wait when it is one too many.</summary>
    public TimeSpan? TryTake(Guid memberId)
    {
        var count = _members.GetOrAdd(memberId, _ => new FixedWindow()).Take(options.Value.PerAccountPerMinute, time.GetUtcNow());
        if (!count.Exceeded)
            return null;
        metrics.Limited("account");
        return TimeSpan.FromSeconds(count.SecondsLeft);
    }
}
