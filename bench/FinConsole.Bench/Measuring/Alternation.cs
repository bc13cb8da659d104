using System.Diagnostics;

namespace FinConsole.Bench.Measuring;

/// <param name="Name">Unique among those that alternate.</param>
/// <param name="RunAsync">Once.</param>
internal sealed record Variant(string Name, Func<Task> RunAsync);

/// <summary>Times variants against each other in one run: short slices by turns after a warm-up, so that what else the machine does meets all alike.</summary>
internal static class Alternation
{
    private const int WarmUps = 10;
    private const int Rounds = 21;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(40);

    /// <summary>The median time of one run of each, in milliseconds.</summary>
    public static async Task<Dictionary<string, double>> MeasureAsync(IReadOnlyList<Variant> variants)
    {
        foreach (var variant in variants)
        {
            for (var i = 0; i < WarmUps; i++)
                await variant.RunAsync();
        }

        var times = variants.ToDictionary(variant => variant.Name, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            // Forwards and backwards by turns: nobody always comes after the same one.
            foreach (var variant in round % 2 == 0 ? variants : variants.Reverse())
                times[variant.Name].Add(await TimeSliceAsync(variant));
        }

        return times.ToDictionary(pair => pair.Key, pair => Median(pair.Value));
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static async Task<double> TimeSliceAsync(Variant variant)
    {
        var watch = Stopwatch.StartNew();
        var runs = 0;
        do
        {
            await variant.RunAsync();
            runs++;
        }
        while (watch.Elapsed < Slice);
        return watch.Elapsed.TotalMilliseconds / runs;
    }
}
