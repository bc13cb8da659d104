using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FinConsole.Bench.Api;

/// <summary>One slice of load: requests a second, and the server's CPU time for each.</summary>
internal sealed record Slice(double Rate, double MicrosecondsEach);

/// <summary>Drives the server with wrk (a Debian package): one thread, 64 connections.</summary>
internal static partial class Wrk
{
    private const int Connections = 64;

    /// <param name="url">What to ask for.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="script">Lua that sets method, headers and body.</param>
    /// <param name="server">Whose CPU time is counted.</param>
    public static async Task<Slice> RunAsync(string url, int seconds, string script, Process server)
    {
        var before = CpuOf(server);
        var start = new ProcessStartInfo("wrk", [$"-t1", $"-c{Connections}", $"-d{seconds}s", "-s", script, url]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var used = CpuOf(server) - before;
        var requests = double.Parse(Requests().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        var rate = double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        return new Slice(rate, used.TotalMicroseconds / requests);
    }

    private static TimeSpan CpuOf(Process server)
    {
        server.Refresh();
        return server.TotalProcessorTime;
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
