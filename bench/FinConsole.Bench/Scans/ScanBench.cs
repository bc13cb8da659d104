using System.Diagnostics;
using System.Globalization;
using System.Net;
using FinConsole.Bench.Api;
using FinConsole.Bench.Generating;
using FinConsole.Core.ApiTokens;

namespace FinConsole.Bench.Scans;

/// <summary>Measures forward-auth's latency while one reviewer's searches read on and on, and without them, by turns (target 12).</summary>
internal static class ScanBench
{
    private const int Callers = 4;
    private const int Searches = 12;
    private const int Rounds = 6;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(4);
    // Between two requests of one caller: the machine is not to be saturated, or the queue is what is measured.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public static async Task RunAsync(BenchOptions options)
    {
        await using var host = await Generator.FillAsync(options, "finconsole_scans", options.Rows);
        var tokens = await TokenFill.RunAsync(host, 1000, 100);
        using var server = await ServerProcess.StartAsync(host.Database);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(server.Address) };
        var outcomes = new Outcomes();
        await SliceAsync(client, tokens, outcomes, searching: true);
        var (alone, beside) = (new List<double>(), new List<double>());
        outcomes = new Outcomes();
        for (var round = 0; round < Rounds; round++)
        {
            alone.AddRange(await SliceAsync(client, tokens, outcomes, searching: false));
            beside.AddRange(await SliceAsync(client, tokens, outcomes, searching: true));
        }

        await File.WriteAllTextAsync(options.Out, Report(options, Of(alone), Of(beside), outcomes));
    }

    private static async Task<List<double>> SliceAsync(HttpClient client, IReadOnlyList<ApiTokenSecret> tokens, Outcomes outcomes, bool searching)
    {
        using var stop = new CancellationTokenSource();
        var searches = searching ? Enumerable.Range(0, Searches).Select(number => SearchAsync(client, tokens[number], number, outcomes, stop.Token)).ToArray() : [];
        var watch = Stopwatch.StartNew();
        var callers = Enumerable.Range(0, Callers).Select(async number =>
        {
            var times = new List<double>();
            while (watch.Elapsed < Slice)
            {
                times.Add(await AskAsync(client, tokens[Searches + ((number + times.Count) % (tokens.Count - Searches))]));
                await Task.Delay(Pause, CancellationToken.None);
            }

            return times;
        });
        List<double> all = [.. (await Task.WhenAll(callers)).SelectMany(times => times)];
        await stop.CancelAsync();
        await Task.WhenAll(searches);
        return all;
    }

    private static async Task<double> AskAsync(HttpClient client, ApiTokenSecret token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/authorize")
        {
            Headers = { { "X-Auth-Token", token.Reveal() }, { "X-Original-URI", "/v1/payments/7" }, { "X-Original-Method", "GET" } },
        };
        var begun = Stopwatch.GetTimestamp();
        using var answer = await client.SendAsync(request);
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.OK ? took : throw new InvalidOperationException($"A good token is answered {(int)answer.StatusCode}.");
    }

    private static async Task SearchAsync(HttpClient client, ApiTokenSecret token, int number, Outcomes outcomes, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/audit?q=nowhere-to-be-found-{number}") { Headers = { { "X-Auth-Token", token.Reveal() } } };
                using var answer = await client.SendAsync(request, stop);
                outcomes.Add(answer.StatusCode);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The slice is over.
        }
    }

    private static (double P50, double P95, double P99) Of(List<double> times)
    {
        times.Sort();
        double At(double share) => times[(int)Math.Ceiling(times.Count * share) - 1];
        return (At(0.5), At(0.95), At(0.99));
    }

    private static string Report(BenchOptions options, (double P50, double P95, double P99) alone, (double P50, double P95, double P99) beside, Outcomes outcomes)
    {
        var ratio = beside.P99 / alone.P99;
        string Line(string name, (double P50, double P95, double P99) of) => string.Create(CultureInfo.InvariantCulture, $"| {name} | {of.P50:F2} | {of.P95:F2} | {of.P99:F2} |");
        var verdict = string.Create(CultureInfo.InvariantCulture, $"The p99 beside searches is {ratio:F2} times that without{(ratio <= 3 ? "" : " **missed**")} (≤ 3).");
        return string.Join('\n',
            string.Create(CultureInfo.InvariantCulture, $"| forward-auth, {options.Rows:N0} audit entries | p50 (ms) | p95 (ms) | p99 (ms) |"),
            "| --- | ---: | ---: | ---: |", Line("alone", alone), Line($"beside {Searches} searches at a time of one tenant", beside), "", verdict,
            string.Create(CultureInfo.InvariantCulture, $"Meanwhile {outcomes.Done:N0} searches ended and {outcomes.Refused:N0} were refused as too many."), "");
    }

    private sealed class Outcomes
    {
        private long _done;
        private long _refused;

        public long Done => _done;

        public long Refused => _refused;

        public void Add(HttpStatusCode status)
        {
            if (status == HttpStatusCode.OK)
                Interlocked.Increment(ref _done);
            else if (status == HttpStatusCode.TooManyRequests)
                Interlocked.Increment(ref _refused);
            else
                throw new InvalidOperationException($"A search is answered {(int)status}.");
        }
    }
}
