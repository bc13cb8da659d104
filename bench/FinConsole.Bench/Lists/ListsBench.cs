using FinConsole.Bench.Generating;
using FinConsole.Bench.Measuring;

namespace FinConsole.Bench.Lists;

/// <summary>Both lists on one database: rows 7 and 8 of the performance targets.</summary>
internal static class ListsBench
{
    private const long Slice = 100_000;

    public static async Task RunAsync(BenchOptions options)
    {
        await using var small = await Generator.FillAsync(options, "finconsole_small", options.Small);
        await using var full = await Generator.FillAsync(options, "finconsole_full", options.Rows);

        var pages = await PageMeasure.RunAsync(small, full, [.. new LoginLists(options.Rows).Kinds, .. new AuditLists(options.Rows).Kinds]);
        var histograms = await HistogramsAsync(small, full);
        var walk = (await Alternation.MeasureAsync([new("walk", () => AuditLists.WalkAsync(full))]))["walk"];
        List<Rate> rates =
        [
            await RateAsync("Login history as CSV", 0.6, full, LoginLists.ExportAsync, LoginLists.Raw, options.Rows),
            await RateAsync("Audit log as CSV", 0.6, full, AuditLists.ExportAsync, AuditLists.Raw, options.Rows),
            await RateAsync("Verification of the chain", 0.7, full, AuditLists.VerifyAsync, AuditLists.Raw, options.Rows),
        ];
        await File.WriteAllTextAsync(options.Out, Report.Write(options, pages, histograms, walk, rates));
    }

    private static async Task<List<PageTimes>> HistogramsAsync(BenchHost small, BenchHost full)
    {
        var lines = new List<PageTimes>();
        foreach (var (name, query) in new[] { ("30 days", ""), ("13 months", "since:400d"), ("13 months of failures", "since:400d result:failure") })
        {
            var times = await Alternation.MeasureAsync([new("small", () => AuditLists.HistogramAsync(small, query)), new("full", () => AuditLists.HistogramAsync(full, query))]);
            lines.Add(new PageTimes(name, times["small"], times["full"], double.NaN));
            Console.WriteLine($"Histogram, {name}: {times["small"]:F2} {times["full"]:F2} ms");
        }

        return lines;
    }

    private static async Task<Rate> RateAsync(string name, double target, BenchHost host, Func<BenchHost, long, Action<long>, Task<long>> read, string raw, long rows)
    {
        var (ours, theirs) = await Throughput.MeasureAsync(most => read(host, most, _ => { }), most => RawReader.ReadAsync(host, raw, most), Math.Min(Slice, rows));
        var heap = new HeapWatch(rows);
        var whole = await read(host, rows, heap.At);
        Console.WriteLine($"{name}: {ours:N0} of {theirs:N0} rows a second, {ours / theirs:F2}; heap {heap.GrowthMegabytes:F1} MB over {whole:N0} rows");
        return new Rate(name, target, ours, theirs, heap.GrowthMegabytes);
    }
}

/// <param name="Name">What is read.</param>
/// <param name="Target">Least part of the raw reader's rate.</param>
/// <param name="Ours">Rows a second.</param>
/// <param name="Raw">Rows a second of a raw reader.</param>
/// <param name="HeapMegabytes">How far the live heap grew over all rows.</param>
internal sealed record Rate(string Name, double Target, double Ours, double Raw, double HeapMegabytes)
{
    public double Ratio => Ours / Raw;
}
