using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FinConsole.Bench.Writes;

/// <summary>Counts how often a process of its own flushes the disk, with strace (a Debian package): time says little where the disk is a virtual one.</summary>
internal static partial class Flushes
{
    /// <summary>Of one entry.</summary>
    public static async Task<double> OfEachAsync(BenchOptions options, string kind, int count) =>
        (await CountAsync(options, kind, count) - await CountAsync(options, kind, 0)) / (double)count;

    private static async Task<long> CountAsync(BenchOptions options, string kind, int count)
    {
        var table = Path.Combine(options.Folder, "strace.txt");
        var arguments = new[]
        {
            "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", table, Environment.ProcessPath!, typeof(Flushes).Assembly.Location,
            "flood", options.Folder, kind, count.ToString(CultureInfo.InvariantCulture),
        };
        using var process = Process.Start("strace", arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"Writing {count} {kind} failed.");
        return Counts().Matches(await File.ReadAllTextAsync(table)).Sum(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    // "% time     seconds  usecs/call     calls    errors syscall"
    [GeneratedRegex(@"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(?:fsync|fdatasync)$", RegexOptions.Multiline)]
    private static partial Regex Counts();
}
