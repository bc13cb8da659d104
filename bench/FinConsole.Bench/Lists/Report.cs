using System.Globalization;
using System.Text;
using FinConsole.Core.Data;

namespace FinConsole.Bench.Lists;

/// <summary>The measured figures of one database, as a section of docs/performance.md.</summary>
internal static class Report
{
    private const double MostBySize = 1.5;
    private const double MostByDepth = 1.3;
    private const double MostHeap = 32;

    public static string Write(BenchOptions options, IReadOnlyList<PageTimes> pages, IReadOnlyList<PageTimes> histograms, double walk, IReadOnlyList<Rate> rates)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

        Line($"### {(options.Provider == DatabaseProvider.Sqlite ? "SQLite" : "PostgreSQL")}, {options.Rows:N0} rows in each list");
        Line($"");
        Line($"| a page of {PageMeasure.PageSize} rows | {options.Small:N0} rows, first page (ms) | {options.Rows:N0} rows, first page (ms) | at depth {options.Rows / 2:N0} (ms) | by size (≤ {MostBySize}) | by depth (≤ {MostByDepth}) |");
        Line($"| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var page in pages)
            Line($"| {page.Name} | {Number(page.Small)} | {Number(page.First)} | {Number(page.Deep)} | {Judged(page.BySize, page.BySize <= MostBySize)} | {Judged(page.ByDepth, page.ByDepth <= MostByDepth)} |");

        Line($"");
        Line($"| a histogram | {options.Small:N0} rows (ms) | {options.Rows:N0} rows (ms) |");
        Line($"| --- | ---: | ---: |");
        foreach (var histogram in histograms)
            Line($"| {histogram.Name} | {Number(histogram.Small)} | {Number(histogram.First)} |");
        Line($"");
        Line($"It adds up counted hours, not entries: few entries leave most hours of 13 months without any, and once every hour has entries of every");
        Line($"action it grows no more, however long the log is.");
        Line($"");
        Line($"A search that no index serves, for words that nobody wrote, looks at 100,000 rows and then says so: {walk:F0} ms.");
        Line($"");
        Line($"| long readings | rows a second | of a raw reader | ratio | live heap grows by (≤ {MostHeap} MB) |");
        Line($"| --- | ---: | ---: | ---: | ---: |");
        foreach (var rate in rates)
        {
            var ratio = $"{Judged(rate.Ratio, rate.Ratio >= rate.Target)} (≥ {rate.Target.ToString("0.0", CultureInfo.InvariantCulture)})";
            Line($"| {rate.Name} | {rate.Ours:N0} | {rate.Raw:N0} | {ratio} | {Judged(Math.Max(0, rate.HeapMegabytes), rate.HeapMegabytes <= MostHeap)} MB |");
        }

        return text.ToString();
    }

    private static string Number(double milliseconds) => milliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Judged(double value, bool met) => value.ToString("0.00", CultureInfo.InvariantCulture) + (met ? "" : " **missed**");
}
