using System.Text;
using System.Text.RegularExpressions;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.Mfa;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

/// <summary>Logs, reports, guides and recovery codes on paper, which is light whatever the theme.</summary>
public sealed partial class PrintTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    // The printable width of A4 at 96 dots an inch, less the margins.
    private const int PaperWidth = 702;

    private static readonly Dictionary<string, (string Url, string Content)> Pages = new()
    {
        ["audit"] = (ConsoleUrls.Audit, "[data-testid=audit-row]"),
        ["logins"] = (ConsoleUrls.Logins, "[data-testid=login-row]"),
        ["usage"] = (ConsoleUrls.Usage, "[data-testid=usage-chart]"),
        ["encryption-guide"] = (ConsoleUrls.EncryptionKeys, "[data-testid=sample]"),
        ["api-docs"] = (ConsoleUrls.ApiDocs, "#errors dt"),
        ["team"] = (ConsoleUrls.Team, "[data-testid=member-row]"),
        ["tokens"] = (ConsoleUrls.Tokens, "[data-testid=token-row]"),
        ["policy"] = (ConsoleUrls.Policy, "form.policy h2"),
    };

    public static TheoryData<string, bool> PagesAndThemes()
    {
        var data = new TheoryData<string, bool>();
        foreach (var name in Pages.Keys)
        {
            data.Add(name, false);
            data.Add(name, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(PagesAndThemes))]
    public async Task A_page_is_printed_whole_and_light_without_what_can_only_be_pressed(string name, bool dark)
    {
        var (url, content) = Pages[name];
        var page = await OpenAsync(Demo.Admin, new Look(PaperWidth, 1000, dark));
        if (dark)
            await page.Context.AddCookiesAsync([new Cookie { Name = "finconsole-theme", Value = "dark", Url = Server.Address.ToString() }]);
        await page.GotoAsync(url);
        await Assertions.Expect(page.Locator(content).First).ToBeVisibleAsync();

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(content).First).ToBeVisibleAsync();
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("rgb(15, 23, 42)", await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('h1')).color"));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.fc-skip, .mud-appbar, nav, aside, .fc-filters, .fc-pager, button, .mud-button-root, [type=submit]')]
              .filter(each => !each.closest('[data-fc-bars], th, .name') && each.checkVisibility() && each.getBoundingClientRect().width > 1)
              .map(each => each.outerHTML)
            """));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.fc-table tr, [data-fc-bars]')]
              .filter(each => each.checkVisibility() && getComputedStyle(each).breakInside !== 'avoid').map(each => each.outerHTML)
            """));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('[data-fc-bars] span, .mud-chip')]
              .filter(each => getComputedStyle(each).printColorAdjust !== 'exact').map(each => each.outerHTML)
            """));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('main h1, main h2, main h3, main td, main th, main pre, main p')]
              .filter(each => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML)
            """));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recovery_codes_fill_one_sheet_that_says_whose_they_are(bool dark)
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Admin, Look.Desktop with { Dark = dark });
        await GoLiveAsync(page, ConsoleUrls.Mfa);
        var codes = await page.FinishEnrolmentAsync(await page.BeginEnrolmentAsync());
        var sheet = await page.PdfAsync(new() { Format = "A4" });

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Assertions.Expect(page.GetByTestId("recovery-codes")).ToContainTextAsync(codes[^1]);
        await Assertions.Expect(page.GetByTestId("recovery-codes")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText($"recovery codes of {tenant.Admin.Email}")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, IncludeHidden = true })).Not.ToBeVisibleAsync();
        foreach (var button in await page.GetByRole(AriaRole.Button, new() { IncludeHidden = true }).AllAsync())
            await Assertions.Expect(button).Not.ToBeVisibleAsync();
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.Single(Sheets().Matches(Encoding.Latin1.GetString(sheet)));
    }

    [Fact]
    public async Task An_open_drawer_is_printed_in_place_of_the_list_beneath()
    {
        var page = await OpenAsync(Demo.Admin);
        await GoLiveAsync(page, ConsoleUrls.Audit);
        await page.GetByTestId("audit-row").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("audit-row").First).Not.ToBeVisibleAsync();
        Assert.Equal("static", await page.GetByRole(AriaRole.Dialog).EvaluateAsync<string>("dialog => getComputedStyle(dialog).position"));
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Sheets();
}
