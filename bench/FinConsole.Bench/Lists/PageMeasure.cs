using FinConsole.Bench.Measuring;

namespace FinConsole.Bench.Lists;

/// <param name="Name">What is looked at.</param>
/// <param name="PageAsync">Shows a page of so many rows; the flag asks for one in the middle of the list. Returns how many rows came.</param>
internal sealed record PageKind(string Name, Func<BenchHost, bool, Task<int>> PageAsync);

/// <summary>One line of the table; times in milliseconds.</summary>
internal sealed record PageTimes(string Name, double Small, double First, double Deep)
{
    public double BySize => First / Small;

    public double ByDepth => Deep / First;
}

/// <summary>The first page at a small and at the full size, and one in the middle of the full one.</summary>
internal static class PageMeasure
{
    public const int PageSize = 50;

    public static async Task<List<PageTimes>> RunAsync(BenchHost small, BenchHost full, IReadOnlyList<PageKind> kinds)
    {
        var times = new List<PageTimes>();
        foreach (var kind in kinds)
        {
            await CheckAsync(kind, small, full);
            var measured = await Alternation.MeasureAsync(
            [
                new("small", () => kind.PageAsync(small, false)),
                new("first", () => kind.PageAsync(full, false)),
                new("deep", () => kind.PageAsync(full, true)),
            ]);
            var line = new PageTimes(kind.Name, measured["small"], measured["first"], measured["deep"]);
            Console.WriteLine($"{line.Name}: {line.Small:F2} {line.First:F2} {line.Deep:F2} ms, by size {line.BySize:F2}, by depth {line.ByDepth:F2}");
            times.Add(line);
        }

        return times;
    }

    // Pages of different lengths compare to nothing.
    private static async Task CheckAsync(PageKind kind, BenchHost small, BenchHost full)
    {
        foreach (var rows in new[] { await kind.PageAsync(small, false), await kind.PageAsync(full, false), await kind.PageAsync(full, true) })
        {
            if (rows != PageSize)
                throw new InvalidOperationException($"\"{kind.Name}\" shows {rows} rows instead of {PageSize}.");
        }
    }
}
