using System.Diagnostics;
using System.Globalization;
using System.Net;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Bench.Api;

/// <summary>In milliseconds.</summary>
internal sealed record Percentiles(double Median, double P99, double Most)
{
    public static Percentiles Of(List<double> values)
    {
        values.Sort();
        return new Percentiles(values[values.Count / 2], values[(int)Math.Ceiling(values.Count * 0.99) - 1], values[^1]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"median {Median:F0} ms, p99 {P99:F0} ms, most {Most:F0} ms");
}

/// <summary>How long after an invalidation is acknowledged on one instance another goes on accepting the token.</summary>
internal static class Invalidation
{
    private const int WarmUps = 20;
    private const int LongestRound = 250;

    public static async Task<Percentiles> MeasureAsync(BenchHost host, IReadOnlyList<ApiTokenSecret> tokens)
    {
        using var server = await ServerProcess.StartAsync(host.Database);
        using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
        var times = new List<double>();
        var dice = new Random(3);
        foreach (var (number, token) in tokens.Index())
        {
            if (await AskAsync(client, token) != HttpStatusCode.OK)
                throw new InvalidOperationException("A good token is refused.");
            // Not always at the same moment of the other's round.
            await Task.Delay(dice.Next(LongestRound));
            await EndAsync(host, token);
            var watch = Stopwatch.StartNew();
            while (await AskAsync(client, token) == HttpStatusCode.OK)
            {
                if (watch.Elapsed > TimeSpan.FromSeconds(5))
                    throw new InvalidOperationException("The other instance never hears of it.");
            }

            // The first ones wait for queries to be compiled, here and there.
            if (number >= WarmUps)
                times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return Percentiles.Of(times);
    }

    private static async Task EndAsync(BenchHost host, ApiTokenSecret secret)
    {
        var key = host.Get<TokenLookup>().KeyOf(secret);
        await using var context = host.Get<ConsoleDb>().Open(host.TenantId);
        var id = await context.Set<ApiToken>().Where(token => token.LookupKey == key).Select(token => token.Id).SingleAsync();
        var ended = await host.Get<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(id, InvalidationReason.Compromised, null), host.Admin, CancellationToken.None);
        if (!ended.Succeeded)
            throw new InvalidOperationException(ended.Error.Message);
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, ApiTokenSecret token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/bench/checked") { Headers = { { "X-Auth-Token", token.Reveal() } } };
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
