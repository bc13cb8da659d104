using FinConsole.Core.ApiTokens;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Usage.Failures;

namespace FinConsole.Core.Usage.Recording;

/// <summary>
/// What is counted and not yet in the database, folded to the rows that it will become. Bounded: while the database is unavailable it fills, and
/// what finds no room is lost, and counted as such. Not safe for several threads.
/// </summary>
internal sealed class UsageBacklog(Places places)
{
    /// <summary>How many rows of a kind wait at most: some tens of megabytes in all.</summary>
    public const int MostRows = 100_000;

    /// <summary>How many addresses a token's refusals are told apart by in an hour.</summary>
    public const int MostAddresses = 20;

    private readonly Dictionary<UsageRow, long> _hours = [];
    private readonly Dictionary<(Guid Tenant, Guid Token, string Scope), int> _scopes = [];
    private readonly Dictionary<Guid, LastUse> _lastUses = [];
    private readonly Dictionary<FailureKey, long> _failures = [];
    private readonly Dictionary<(Guid Token, int Hour), HashSet<string>> _addresses = [];

    // Which scopes' uses of this hour are in the database already.
    private readonly HashSet<(Guid Token, string Scope)> _noted = [];
    private int _notedHour;

    /// <summary>How many requests and refusals found no room since the start.</summary>
    public long Lost { get; private set; }

    public bool IsEmpty => _hours.Count + _scopes.Count + _lastUses.Count + _failures.Count == 0;

    /// <summary>How many requests wait.</summary>
    public long Waiting => _hours.Values.Sum();

    public void AddUse(UsageKey key, long count, long last)
    {
        var ip = (key.Ip is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : key.Ip)?.ToString();
        var row = new UsageRow(key.TenantId, key.Hour, key.TokenId, Cut(key.Endpoint), key.Status, places.Locate(ip).Country ?? "");
        if (!TryAdd(_hours, row, count))
            Lost += count;
        if (!key.Accepted)
            return;
        var use = new LastUse(last, ip, row.Endpoint);
        if (!_lastUses.TryGetValue(key.TokenId, out var known) || known.At < use.At)
            _lastUses[key.TokenId] = use;
        if (key.Scope is { } scope)
            AddScope(key, scope);
    }

    public void AddFailure(FailureKey key, long count)
    {
        if (!TryAdd(_failures, key with { Ip = Told(key) }, count))
            Lost += count;
    }

    /// <summary>As much as one transaction may write.</summary>
    public UsagePiece Take(int most) => new(
        [.. _lastUses.Take(most)], [.. _scopes.Take(most)], [.. _hours.Take(most)], [.. _failures.Take(most)]);

    /// <summary>Forgets what has been written.</summary>
    public void Remove(UsagePiece written)
    {
        foreach (var (key, _) in written.LastUses)
            _lastUses.Remove(key);
        foreach (var (key, _) in written.Hours)
            _hours.Remove(key);
        foreach (var (key, _) in written.Failures)
            _failures.Remove(key);
        foreach (var ((tenant, token, scope), hour) in written.Scopes)
        {
            _scopes.Remove((tenant, token, scope));
            if (hour == _notedHour)
                _noted.Add((token, scope));
        }
    }

    private static string Cut(string endpoint) => endpoint.Length > ApiToken.LongestEndpoint ? endpoint[..ApiToken.LongestEndpoint] : endpoint;

    private static bool TryAdd<TKey>(Dictionary<TKey, long> rows, TKey key, long count)
        where TKey : notnull
    {
        if (!rows.TryGetValue(key, out var known) && rows.Count >= MostRows)
            return false;
        rows[key] = known + count;
        return true;
    }

    private void AddScope(UsageKey key, string scope)
    {
        if (key.Hour > _notedHour)
        {
            _notedHour = key.Hour;
            _noted.Clear();
        }

        if (scope.Length > UsageHourConfiguration.LongestScope || _noted.Contains((key.TokenId, scope)))
            return;
        var use = (key.TenantId, key.TokenId, scope);
        _scopes[use] = Math.Max(key.Hour, _scopes.GetValueOrDefault(use));
    }

    // The address itself for the first few of a token and hour, nothing for all others.
    private string Told(FailureKey key)
    {
        if (_addresses.Count >= MostRows)
            _addresses.Clear();
        if (!_addresses.TryGetValue((key.TokenId, key.Hour), out var known))
            _addresses[(key.TokenId, key.Hour)] = known = [];
        return known.Contains(key.Ip) || (known.Count < MostAddresses && key.Ip.Length <= TokenFailureConfiguration.LongestIp && known.Add(key.Ip)) ? key.Ip : "";
    }
}

/// <summary>The key of a <see cref="UsageHour"/>.</summary>
internal readonly record struct UsageRow(Guid TenantId, int Hour, Guid TokenId, string Endpoint, UsageStatus Status, string Country);

/// <summary>A token's latest use: UTC ticks, address, endpoint.</summary>
internal readonly record struct LastUse(long At, string? Ip, string Endpoint);

/// <summary>What one transaction writes.</summary>
internal sealed record UsagePiece(
    IReadOnlyList<KeyValuePair<Guid, LastUse>> LastUses,
    IReadOnlyList<KeyValuePair<(Guid Tenant, Guid Token, string Scope), int>> Scopes,
    IReadOnlyList<KeyValuePair<UsageRow, long>> Hours,
    IReadOnlyList<KeyValuePair<FailureKey, long>> Failures);
