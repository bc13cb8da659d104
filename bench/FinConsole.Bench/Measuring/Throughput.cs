using System.Diagnostics;

namespace FinConsole.Bench.Measuring;

/// <summary>Rows a second of long readings, again in slices by turns.</summary>
internal static class Throughput
{
    private const int Rounds = 5;

    /// <param name="one">Reads so many rows and answers how many it read.</param>
    /// <param name="other">The same rows another way.</param>
    /// <param name="rows">How many make a slice.</param>
    public static async Task<(double One, double Other)> MeasureAsync(Func<long, Task<long>> one, Func<long, Task<long>> other, long rows)
    {
        await one(rows / 4);
        await other(rows / 4);
        var (ones, others) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ones.Add(await RateAsync(one, rows));
            others.Add(await RateAsync(other, rows));
        }

        return (Alternation.Median(ones), Alternation.Median(others));
    }

    private static async Task<double> RateAsync(Func<long, Task<long>> read, long rows)
    {
        var watch = Stopwatch.StartNew();
        var done = await read(rows);
        return done / watch.Elapsed.TotalSeconds;
    }
}
