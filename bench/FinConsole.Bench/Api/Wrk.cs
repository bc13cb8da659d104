using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using FinConsole.Bench.Measuring;

namespace FinConsole.Bench.Api;

/// <summary>One slice of load.</summary>
/// <param name="Requests">Answered.</param>
/// <param name="Rate">A second.</param>
/// <param name="MicrosecondsEach">The server's CPU time for each.</param>
internal sealed record Slice(long Requests, double Rate, double MicrosecondsEach);

/// <summary>Drives servers with wrk (a Debian package): one thread, 64 connections.</summary>
internal static partial class Wrk
{
    private const int Connections = 64;
    private const int WarmUpSeconds = 6;
    private const int SliceSeconds = 2;
    private const int Rounds = 7;

    /// <summary>Warms all up and measures them by turns, forwards and backwards.</summary>
    public static async Task<Dictionary<string, (double Rate, double Cpu)>> MeasureAsync(IReadOnlyList<Load> loads)
    {
        var slices = loads.ToDictionary(load => load.Name, _ => new List<Slice>());
        foreach (var load in loads)
            await RunAsync(load, WarmUpSeconds);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var load in round % 2 == 0 ? loads : loads.Reverse())
                slices[load.Name].Add(await RunAsync(load, SliceSeconds));
        }

        return slices.ToDictionary(pair => pair.Key, pair => (Median(pair.Value, slice => slice.Rate), Median(pair.Value, slice => slice.MicrosecondsEach)));
    }

    public static async Task<Slice> RunAsync(Load load, int seconds)
    {
        var before = CpuOf(load.Server.Process);
        var start = new ProcessStartInfo("wrk", ["-t1", $"-c{Connections}", $"-d{seconds}s", "-s", load.Script, load.Url]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var used = CpuOf(load.Server.Process) - before;
        var requests = double.Parse(Requests().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        var refused = Refused().Match(output) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        if (refused > 0 && load.Name != "unknown")
            throw new InvalidOperationException($"\"{load.Name}\": {refused} of {requests} requests were refused.");
        return new Slice((long)requests, double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), used.TotalMicroseconds / requests);
    }

    private static double Median(List<Slice> slices, Func<Slice, double> figure) => Alternation.Median([.. slices.Select(figure)]);

    private static TimeSpan CpuOf(Process server)
    {
        server.Refresh();
        return server.HasExited ? TimeSpan.Zero : server.TotalProcessorTime;
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex Refused();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
