using System.Globalization;
using System.Text;

namespace FinConsole.Bench.Pages;

/// <param name="What">Page and click.</param>
/// <param name="First">Milliseconds from the address to the first handled click.</param>
/// <param name="Later">Milliseconds within which 95 of 100 later ones were handled; no number where they were not measured.</param>
internal sealed record ClickFigures(string What, double First, double Later);

/// <summary>The measured figures as a section of docs/performance.md.</summary>
internal sealed class PagesReport(PagesOptions options)
{
    private const double MostFirst = 1.8;
    private const double MostLater = 2.5;
    private const double MostKilobytes = 300;
    private const double MostLaterKilobytes = 60;
    private const double MostStart = 2.0;
    private const double MostMegabytes = 220;
    private const double MostBusy = 3;
    private const double MostLeft = 1.05;

    private readonly StringBuilder _text = new();

    public List<ClickFigures> Clicks { get; } = [];

    public List<(string Page, WireFigures Sent)> Wire { get; } = [];

    public List<CircuitFigures> Circuits { get; } = [];

    public StartFigures Start { get; set; } = null!;

    public BusyFigures Busy { get; set; } = null!;

    public string Write()
    {
        var plain = Circuits[0];
        Line($"| {options.Circuits} open pages | live heap each | of the template's | left after they closed |");
        Line($"| --- | ---: | ---: | ---: |");
        foreach (var page in Circuits)
            Line($"| {page.Page} | {page.Each:F0} kB | {(page == plain ? "" : Ratio(page.Each / plain.Each, page.Target))} | {Judged($"{page.After - 1:P1}", page.After <= MostLeft, "≤ 5 %")} |");
        Line($"");
        WriteClicks();
        Line($"");
        Line($"| a page, for a browser that never saw it | on the wire | requests | once it has the files |");
        Line($"| --- | ---: | ---: | ---: |");
        foreach (var (page, sent) in Wire)
            Line($"| {page} | {Judged($"{sent.Kilobytes:F0} kB", sent.Kilobytes <= MostKilobytes, $"≤ {MostKilobytes}")} | {sent.Requests} | {Judged($"{sent.Later:F0} kB", sent.Later <= MostLaterKilobytes, $"≤ {MostLaterKilobytes}")} |");
        Line($"");
        Line($"| | console | template | ratio |");
        Line($"| --- | ---: | ---: | ---: |");
        Line($"| start to first page, {options.Rows:N0} audit rows, {options.Tokens:N0} tokens | {Start.Console * 1000:F0} ms | {Start.Template * 1000:F0} ms | {Ratio(Start.Console / Start.Template, MostStart)} |");
        Line($"| memory then (RSS) | {Judged($"{Start.Megabytes:F0} MB", Start.Megabytes <= MostMegabytes, "≤ 220")} | {Start.TemplateMegabytes:F0} MB | |");
        Line($"");
        Line($"| the overview, 95 of 100 pages within | idle | API saturated ({Busy.Rate:N0} requests a second, 64 connections) | ratio |");
        Line($"| --- | ---: | ---: | ---: |");
        Line($"| | {Busy.Idle:F1} ms | {Busy.Busy:F1} ms | {Ratio(Busy.Busy / Busy.Idle, MostBusy)} |");
        return _text.ToString();
    }

    private void WriteClicks()
    {
        var template = Clicks[0];
        Line($"| a click | first handled, from the address on | of the template's (≤ {MostFirst}) | later ones, p95 | of the template's (≤ {MostLater}) |");
        Line($"| --- | ---: | ---: | ---: | ---: |");
        foreach (var click in Clicks)
        {
            var later = double.IsNaN(click.Later) ? "–" : $"{click.Later.ToString("F1", CultureInfo.InvariantCulture)} ms";
            if (click == template)
                Line($"| {click.What} | {click.First:F0} ms | | {later} | |");
            else
                Line($"| {click.What} | {click.First:F0} ms | {Ratio(click.First / template.First, MostFirst)} | {later} | {(double.IsNaN(click.Later) ? "–" : Ratio(click.Later / template.Later, MostLater))} |");
        }
    }

    private static string Ratio(double ratio, double most) => Judged(ratio.ToString("F2", CultureInfo.InvariantCulture), ratio <= most, "≤ " + most.ToString(CultureInfo.InvariantCulture));

    private static string Judged(string value, bool met, string target) => $"{value}{(met ? "" : " **missed**")} ({target})";

    private void Line(FormattableString line) => _text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
