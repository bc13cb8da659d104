using System.Net;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Data;
using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Recording;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Demo;

/// <summary>
/// What the demo's tokens did in the last weeks: payments by day, batches by night, a few that nobody uses, and one whose client has not
/// learnt of a renamed resource. Counted as requests are, on the demo's clock.
/// </summary>
internal sealed class DemoUsage(DemoWorld world)
{
    private const int Days = 35;

    // Where a customer's servers stand that named no network of their own.
    private const string Elsewhere = "198.51.100.44";

    // By name: requests in a busy hour, and when. The others are used now and then; some never.
    private static readonly Dictionary<string, (int Busy, Shift Shift)> Profiles = new()
    {
        ["Checkout service"] = (940, Shift.Day),
        ["KYC onboarding"] = (120, Shift.Day),
        ["Fraud scoring"] = (610, Shift.Day),
        ["Payouts scheduler"] = (260, Shift.Night),
        ["Nightly reconciliation"] = (1800, Shift.Night),
        ["Market data feed"] = (480, Shift.Always),
        ["Audit archive"] = (6, Shift.Always),
        ["Staging smoke tests"] = (70, Shift.Day),
        ["Settlement mirror"] = (90, Shift.Night),
        ["CI pipeline"] = (40, Shift.Day),
        ["Ledger export"] = (0, Shift.Day),
        ["Legacy batch job"] = (0, Shift.Day),
        ["Docs examples"] = (0, Shift.Day),
        ["Treasury dashboard"] = (0, Shift.Day),
    };

    private readonly UsageRecorder _recorder = world.Use<UsageRecorder>();

    private enum Shift
    {
        Day,
        Night,
        Always,
    }

    /// <summary>Counts what every token of the demo did up to <paramref name="now"/>, and writes it down.</summary>
    public async Task WriteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = world.Use<ConsoleDb>().OpenForOperator();
        var tokens = await context.Set<ApiToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).AsNoTracking()
            .Where(token => token.AcknowledgedAt != null).OrderBy(token => token.CreatedAt).ThenBy(token => token.Id).ToListAsync(cancellationToken);
        var saved = tokens.ToDictionary(token => token.Id, token => token.AcknowledgedAt);
        foreach (var token in tokens)
        {
            Use(token, token.SuccessorId is { } successor ? saved.GetValueOrDefault(successor) : null, now);
            await world.Use<UsageFlush>().RunAsync(cancellationToken);
        }
    }

    private void Use(ApiToken token, DateTimeOffset? successorSaved, DateTimeOffset now)
    {
        var (busy, shift) = Profiles.GetValueOrDefault(token.Name, (12, Shift.Day));
        var scopes = TokenScopes.Split(token.Scopes);
        var ip = IPAddress.Parse(IpAllowlist.Split(token.Allowlist) is [var network, ..] ? AddressIn(network) : Elsewhere);
        // Clients move to a successor within the first hours after it was saved.
        var end = Earliest(now, token.EndedAt, token.DisabledAt, successorSaved?.AddHours(3));
        var start = Latest(token.AcknowledgedAt!.Value, now.AddDays(-Days));
        for (var hour = start; busy > 0 && hour < end; hour = hour.AddHours(1))
        {
            var share = ShareOf(shift, hour);
            if (share == 0)
                continue;
            var at = Earliest(hour.AddMinutes(world.Dice.Between(1, 58)), end.AddSeconds(-world.Dice.Between(5, 50)));
            var count = Math.Max(1, busy * share * world.Dice.Between(70, 115) / 10_000);
            CountHour(token, scopes, ip, at, count);
        }
    }

    private void CountHour(ApiToken token, IReadOnlyList<string> scopes, IPAddress ip, DateTimeOffset at, int count)
    {
        // The last of a token's scopes is one that nobody uses, where there is a choice.
        foreach (var (scope, part) in scopes.Take(Math.Max(1, scopes.Count - 1)).Select((scope, index) => (scope, index + 1)))
        {
            var endpoint = EndpointOf(scope);
            var requests = Math.Max(1, count / part);
            var refused = requests * (token.Name == "Market data feed" ? 9 : 1) / 100;
            var failed = world.Dice.Chance(6) ? 1 + (requests / 200) : 0;
            Add(endpoint, 200, requests - Math.Min(requests, refused), scope);
            Add(endpoint, 404, refused, scope);
            Add(endpoint, 503, failed, scope);
        }

        void Add(string endpoint, int status, int times, string scope)
        {
            if (times > 0)
                _recorder.Count(new UsageEvent(token.TenantId, token.Id, endpoint, status, ip, scope, at), times);
        }
    }

    // Percent of a busy hour.
    private static int ShareOf(Shift shift, DateTimeOffset hour)
    {
        var weekend = hour.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return shift switch
        {
            Shift.Always => 100,
            Shift.Night => hour.Hour is 1 or 2 or 3 ? 100 : 0,
            Shift.Day when weekend => hour.Hour is >= 9 and < 18 ? 18 : 0,
            Shift.Day => hour.Hour switch
            {
                >= 9 and < 17 => 100,
                7 or 8 or 17 or 18 => 55,
                _ => 8,
            },
        };
    }

    private static string EndpointOf(string scope) => scope switch
    {
        TokenScopes.ReadAll => "GET /accounts",
        TokenScopes.WriteAll or TokenScopes.WriteLimited => "POST /payments",
        "read:audit" => "GET /api/v1/audit",
        "read:login-history" => "GET /api/v1/login-history",
        _ when scope.StartsWith("read:", StringComparison.Ordinal) => "GET /" + scope["read:".Length..],
        _ => "POST /" + scope[(scope.IndexOf(':', StringComparison.Ordinal) + 1)..],
    };

    private static string AddressIn(string network)
    {
        if (!IPNetwork.TryParse(network, out var range))
            return network;
        var bytes = range.BaseAddress.GetAddressBytes();
        bytes[^1] += 4;
        return new IPAddress(bytes).ToString();
    }

    private static DateTimeOffset Earliest(DateTimeOffset one, params DateTimeOffset?[] others) => others.OfType<DateTimeOffset>().Append(one).Min();

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
