using System.Globalization;
using System.Text.Json;
using FinConsole.Bench.Measuring;
using FinConsole.Core.ApiTokens;

namespace FinConsole.Bench.Pages;

/// <summary>
/// Measures the published console as people meet it, beside the app that <c>dotnet new blazor</c> makes: targets 9 to 12 of performance.md.
/// Both run as processes of their own with production settings, on HTTPS, from Release builds.
/// </summary>
internal static class PagesBench
{
    private static readonly ConsolePage[] Clicked = [ConsolePage.Template, ConsolePage.Overview, ConsolePage.Audit, ConsolePage.Logins, ConsolePage.Tokens];

    public static async Task RunAsync(PagesOptions options)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        // The console's own database; its maker's options know no console.
        var database = await BenchDatabase.NewAsync(BenchOptions.Parse(["lists", "--database", "sqlite", "--folder", options.Folder, "--out", options.Out])!, "console");
        await using var host = await BenchHost.StartAsync(database);
        var secrets = await ConsoleFill.RunAsync(host, options);
        var installed = new Installed(options.Folder, database.ConnectionString);
        await using var browser = await Browser.StartAsync(installed.TlsKeyHash);

        var report = new PagesReport(options);
        var state = await MeasureClicksAsync(browser, options, installed, host.Admin.Name, report);
        await MeasureServerAsync(browser, options, installed, state, secrets, report);
        report.Start = await StartTimes.MeasureAsync(() => StartAsync(options, installed, state), () => StartTemplateAsync(options, installed));
        await File.WriteAllTextAsync(options.Out, report.Write());
    }

    private static async Task<string> MeasureClicksAsync(Browser browser, PagesOptions options, Installed installed, string email, PagesReport report)
    {
        await using var template = await StartTemplateAsync(options, installed);
        await using var console = await MeasuredServer.StartAsync(Assembly(options), installed.Console, "/account/login", null);
        var state = await browser.SignInAsync(console, email, ConsoleFill.Password);
        var first = Clicked.ToDictionary(page => page, _ => new List<double>());
        var later = Clicked.Where(page => page != ConsolePage.Overview).ToDictionary(page => page, _ => new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var page in round % 2 == 0 ? Clicked : Clicked.Reverse())
            {
                var (server, who) = page == ConsolePage.Template ? (template, (string?)null) : (console, state);
                var time = await Clicks.FirstAsync(browser, server, who, page);
                Console.WriteLine($"{page.Name}: first {time:F0} ms");
                // The first round is the warm-up.
                if (round > 0)
                    first[page].Add(time);
                if (round % 3 == 1 && later.TryGetValue(page, out var times))
                    times.AddRange(await Clicks.ManyAsync(browser, server, who, page));
            }
        }

        foreach (var page in Clicked)
            report.Clicks.Add(new ClickFigures(page.Name, Alternation.Median(first[page]), later.TryGetValue(page, out var times) ? BusyPages.Percentile(times) : double.NaN));
        report.Wire.Add(("sign-in", await WireBytes.MeasureAsync(browser, console, null, "/account/login")));
        foreach (var page in Clicked.Skip(1))
            report.Wire.Add((page.Title, await WireBytes.MeasureAsync(browser, console, state, page.Url)));
        report.Wire.Add((ConsolePage.Template.Title, await WireBytes.MeasureAsync(browser, template, null, ConsolePage.Template.Url)));
        return state;
    }

    private static async Task MeasureServerAsync(Browser browser, PagesOptions options, Installed installed, string state, IReadOnlyList<ApiTokenSecret> secrets, PagesReport report)
    {
        await using (var template = await StartTemplateAsync(options, installed))
            report.Circuits.Add(await CircuitHeap.MeasureAsync(browser, template, null, ConsolePage.Template, 1, options.Circuits));
        await using var console = await StartAsync(options, installed, state);
        report.Circuits.Add(await CircuitHeap.MeasureAsync(browser, console, state, ConsolePage.Overview, 3.0, options.Circuits));
        foreach (var page in new[] { ConsolePage.Tokens, ConsolePage.Logins, ConsolePage.Audit })
            report.Circuits.Add(await CircuitHeap.MeasureAsync(browser, console, state, page, 3.6, options.Circuits));
        report.Busy = await BusyPages.MeasureAsync(console, CookieOf(state), secrets, options.Folder);
    }

    private static Task<MeasuredServer> StartAsync(PagesOptions options, Installed installed, string state) =>
        MeasuredServer.StartAsync(Assembly(options), installed.Console, "/", CookieOf(state));

    private static Task<MeasuredServer> StartTemplateAsync(PagesOptions options, Installed installed) =>
        MeasuredServer.StartAsync(Path.Combine(options.Template, "Template.dll"), installed.Template, "/counter", null);

    private static string Assembly(PagesOptions options) => Path.Combine(options.Program, "FinConsole.Web.dll");

    private static string CookieOf(string state) => string.Join("; ", JsonDocument.Parse(state).RootElement.GetProperty("cookies").EnumerateArray()
        .Select(cookie => $"{cookie.GetProperty("name").GetString()}={cookie.GetProperty("value").GetString()}"));
}
