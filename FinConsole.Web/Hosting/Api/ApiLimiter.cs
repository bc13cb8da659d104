using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using Microsoft.Extensions.Options;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Counts requests in fixed windows of a minute, each instance for itself, and tells clients where they stand (api.md).</summary>
internal sealed class ApiLimiter(IOptions<RateLimitOptions> options, ConsoleMetrics metrics, TimeProvider time)
{
    private const int SweepAt = 100_000;
    private static readonly string[] SmallNumbers = [.. Enumerable.Range(0, 10_000).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private readonly ConcurrentDictionary<IPAddress, FixedWindow> _addresses = new();
    private readonly ConcurrentDictionary<Guid, FixedWindow> _accounts = new();
    private readonly ConcurrentDictionary<Guid, FixedWindow> _tenants = new();
    private readonly RateLimitOptions _limits = options.Value;

    /// <summary>Counts a request from an address; a refusal when it is one too many.</summary>
    public ApiProblem? TakeAddress(IPAddress? address)
    {
        if (_limits.PerIpPerMinute == 0 || address is null)
            return null;
        var count = Find(_addresses, CountedAddress.Of(address)).Take(_limits.PerIpPerMinute, time.GetUtcNow());
        return count.Exceeded ? TooMany("address", count.SecondsLeft) : null;
    }

    /// <summary>Counts a token's request, towards its tenant as well, and writes the headers.</summary>
    public ApiProblem? Take(HttpContext http, TokenEntry token)
    {
        var now = time.GetUtcNow();
        return Tell(http, "token", token.Window.Take(_limits.PerTokenPerMinute, now), token.TenantWindow.Take(_limits.PerTenantPerMinute, now));
    }

    /// <summary>Counts a member's request, towards the tenant's members as well, and writes the headers.</summary>
    public ApiProblem? Take(HttpContext http, Actor member)
    {
        var now = time.GetUtcNow();
        var account = Find(_accounts, member.Id).Take(_limits.PerAccountPerMinute, now);
        return Tell(http, "account", account, Find(_tenants, member.TenantId).Take(_limits.PerTenantPerMinute, now));
    }

    private ApiProblem? Tell(HttpContext http, string whose, WindowCount own, WindowCount tenants)
    {
        // Whichever leaves less is what the client has to heed.
        var tight = own.Limit == 0 || (tenants.Limit > 0 && tenants.Remaining < own.Remaining) ? tenants : own;
        if (tight.Limit > 0)
        {
            var headers = http.Response.Headers;
            headers["X-RateLimit-Limit"] = Text(tight.Limit);
            headers["X-RateLimit-Remaining"] = Text(tight.Remaining);
            headers["X-RateLimit-Reset"] = Text(tight.SecondsLeft);
        }

        return own.Exceeded ? TooMany(whose, own.SecondsLeft) : tenants.Exceeded ? TooMany("tenant", tenants.SecondsLeft) : null;
    }

    private ApiProblem TooMany(string whose, int secondsLeft)
    {
        metrics.Limited(whose);
        return ApiProblem.TooMany(whose, secondsLeft);
    }

    private static FixedWindow Find<TKey>(ConcurrentDictionary<TKey, FixedWindow> windows, TKey key)
        where TKey : notnull
    {
        if (windows.TryGetValue(key, out var known))
            return known;
        // Forgetting all of them at once gives everybody at most one window anew; memory stays bounded under a flood of addresses.
        if (windows.Count >= SweepAt)
            windows.Clear();
        return windows.GetOrAdd(key, _ => new FixedWindow());
    }

    private static string Text(int number) => number < SmallNumbers.Length ? SmallNumbers[number] : number.ToString(CultureInfo.InvariantCulture);
}
