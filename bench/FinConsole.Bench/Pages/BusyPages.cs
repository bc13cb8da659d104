using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using FinConsole.Bench.Api;
using FinConsole.Bench.Measuring;
using FinConsole.Core.ApiTokens;

namespace FinConsole.Bench.Pages;

/// <param name="Idle">Milliseconds within which 95 of 100 pages came while nothing else was asked for.</param>
/// <param name="Busy">And while the API had all that it could take.</param>
/// <param name="Rate">API requests a second meanwhile.</param>
internal sealed record BusyFigures(double Idle, double Busy, double Rate);

/// <summary>The overview, page after page, while the API idles and while it is saturated, by turns: target 12.</summary>
internal static partial class BusyPages
{
    private const int Rounds = 3;
    private const int Seconds = 6;
    private const int WarmUps = 30;

    public static async Task<BusyFigures> MeasureAsync(MeasuredServer server, string cookie, IReadOnlyList<ApiTokenSecret> secrets, string folder)
    {
        var script = new LoadScripts(folder).Tokens("busy", secrets);
        var url = new Uri(server.Address, "/api/v1/authorize").ToString();
        using var client = PageClient.New(server.Address, cookie);
        for (var i = 0; i < WarmUps; i++)
            await client.GetByteArrayAsync("/");
        await SaturateAsync(url, script, 2);

        var (idle, busy, rates) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            await AskAsync(client, idle, Task.Delay(TimeSpan.FromSeconds(Seconds)));
            var load = SaturateAsync(url, script, Seconds);
            await AskAsync(client, busy, load);
            rates.Add(await load);
        }

        Console.WriteLine($"Overview: {idle.Count} pages idle, {busy.Count} busy");
        return new BusyFigures(Percentile(idle), Percentile(busy), Alternation.Median(rates));
    }

    /// <summary>The value below which 95 in 100 lie.</summary>
    public static double Percentile(List<double> values)
    {
        values.Sort();
        return values[(int)(values.Count * 0.95)];
    }

    private static async Task<double> SaturateAsync(string url, string script, int seconds)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", "-c64", $"-d{seconds}s", "-s", script, url]) { RedirectStandardOutput = true })!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (output.Contains("Non-2xx", StringComparison.Ordinal))
            throw new InvalidOperationException(output);
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    private static async Task AskAsync(HttpClient client, List<double> times, Task meanwhile)
    {
        while (!meanwhile.IsCompleted)
        {
            var watch = Stopwatch.StartNew();
            await client.GetByteArrayAsync("/");
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
    }
}
