using System.Globalization;
using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Audit;

public sealed class AuditPageTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task What_was_done_stands_on_top_with_who_and_what()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Admin);
        await page.GoToTokensAsync();
        await page.CreateAsync("Audited", tenant.Cashier);
        await page.SaveAsync();
        await GoLiveAsync(page, ConsoleUrls.Audit);
        var rows = page.GetByTestId("audit-row");
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("token.acknowledge");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("token.create");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("Audited");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync(tenant.Admin.Email);
        await Assertions.Expect(rows.Nth(2)).ToContainTextAsync("session.start");
        await Assertions.Expect(rows.Last).ToContainTextAsync("tenant.onboard");
    }

    [Fact]
    public async Task Filters_by_action_actor_and_period_and_the_link_reproduces_the_view()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await GoLiveAsync(page, ConsoleUrls.Audit);
        var rows = page.GetByTestId("audit-row");
        await page.GetByLabel("Action", new() { Exact = true }).SelectOptionAsync("token.invalidate");
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        await Assertions.Expect(rows.Filter(new() { HasText = "token.invalidate" })).ToHaveCountAsync(4);

        await page.GetByLabel("Actor", new() { Exact = true }).FillAsync(Demo.Admin.Email);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        var from = DateTimeOffset.UtcNow.AddDays(-26).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await page.Button("Period: Any time").ClickAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync(from);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(rows).ToContainTextAsync(["Ines' laptop"]);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=action%3Atoken.invalidate.*"));

        var colleague = await OpenAsync(Demo.Admin);
        await GoLiveAsync(colleague, new Uri(page.Url).PathAndQuery);
        await Assertions.Expect(colleague.GetByTestId("audit-row")).ToHaveCountAsync(1);
        await colleague.GetByRole(AriaRole.Link, new() { Name = "Clear search" }).ClickAsync();
        await Assertions.Expect(colleague.GetByTestId("audit-row")).ToHaveCountAsync(50);
    }

    [Fact]
    public async Task Leaving_while_the_chain_is_verified_breaks_no_page()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await GoLiveAsync(page, ConsoleUrls.Audit);
        await Assertions.Expect(page.GetByTestId("audit-row").First).ToBeVisibleAsync();
        var pressBoth = "([...texts]) => { for (const button of document.querySelectorAll('main button')) if (button.textContent.trim() === texts[0]) button.click();"
            + " document.querySelector(`nav a[href='${texts[1]}']`).click(); }";
        await page.EvaluateAsync(pressBoth, new[] { "Verify chain", ConsoleUrls.Logins });
        await Assertions.Expect(page.GetByTestId("login-row").First).ToBeVisibleAsync();

        // Its entry is the last thing that a verification does, and asking for the rows is the next.
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit log" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("audit-row").Filter(new() { HasText = "audit.verify" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByText("Something went wrong")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Pages_through_the_log_without_losing_or_repeating_an_entry()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await GoLiveAsync(page, ConsoleUrls.Audit + "?q=action:session.start");
        var rows = page.GetByTestId("audit-row");
        await Assertions.Expect(rows).ToHaveCountAsync(50);
        var first = await SequencesAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Newest" })).ToBeVisibleAsync();
        await Assertions.Expect(rows.First).Not.ToContainTextAsync($"#{first[0]}");
        var second = await SequencesAsync(page);
        Assert.Equal([.. first.Concat(second).Distinct().OrderDescending()], first.Concat(second));
        await page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).ClickAsync();
        // The first and not the last of them: others sign in meanwhile, and what is newer pushes that off the page.
        await Assertions.Expect(rows.Filter(new() { HasText = $"#{first[0]}" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_entry_opens_with_the_change_before_and_after()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await GoLiveAsync(page, ConsoleUrls.Audit + "?q=action:token.edit");
        await page.GetByTestId("audit-row").Filter(new() { HasText = "Mobile" }).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Details of entry") }).ClickAsync();
        var drawer = page.DialogNamed("token.edit");
        await Assertions.Expect(drawer).ToContainTextAsync("Mobile sandbox");
        await Assertions.Expect(drawer).ToContainTextAsync("Mobile app sandbox");
        await Assertions.Expect(drawer).ToContainTextAsync("sofia.lang@acme.example");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(drawer).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Arrow_keys_move_the_open_drawer_along_the_log_and_back_and_forward_close_and_open_it()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await GoLiveAsync(page, ConsoleUrls.Audit + "?q=action:token.invalidate");
        var sequences = await SequencesAsync(page);
        await page.GetByTestId("audit-row").First.GetByRole(AriaRole.Button).ClickAsync();
        var detail = page.GetByTestId("audit-detail");
        await Assertions.Expect(detail).ToBeFocusedAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"entry={sequences[0]}$"));

        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"entry={sequences[2]}$"));
        await Assertions.Expect(detail).ToContainTextAsync(sequences[2].ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(detail).ToBeFocusedAsync();
        for (var more = 0; more < 3; more++)
            await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"entry={sequences[3]}$"));

        await page.GoBackAsync();
        await Assertions.Expect(detail).ToHaveCountAsync(0);
        await page.GoForwardAsync();
        await Assertions.Expect(detail).ToContainTextAsync(sequences[3].ToString(CultureInfo.InvariantCulture));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(detail).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=action[^&]*$"));
    }

    [Fact]
    public async Task A_link_to_an_entry_opens_it_wherever_it_stands()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await GoLiveAsync(page, ConsoleUrls.Audit + "?entry=1");
        await Assertions.Expect(page.DialogNamed("tenant.onboard").GetByTestId("audit-detail")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("audit-row")).ToHaveCountAsync(50);

        await GoLiveAsync(page, ConsoleUrls.Audit + "?entry=999999999");
        await Assertions.Expect(page.GetByText("999999999")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("audit-detail")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nothing_fits_is_said_plainly()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await GoLiveAsync(page, ConsoleUrls.Audit + "?q=actor:nobody-at-all");
        await Assertions.Expect(page.GetByText("Nothing in the log fits this search.")).ToBeVisibleAsync();
        await Accessibility.CheckAsync(page);
    }

    [Fact]
    public async Task A_developer_is_refused_and_has_no_link_to_it()
    {
        var page = await OpenAsync(Demo.Developer);
        Watch(page).Expect("answer 403");
        var answer = await page.GotoAsync(ConsoleUrls.Audit);
        Assert.Equal(403, answer!.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your role doesn't include this page");
        await Assertions.Expect(page.GetByTestId("audit-row")).ToHaveCountAsync(0);
        await page.GotoAsync(ConsoleUrls.Overview);
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Console" }).GetByRole(AriaRole.Link, new() { Name = "Audit log" })).ToHaveCountAsync(0);
    }

    private static async Task<IReadOnlyList<long>> SequencesAsync(IPage page) =>
        [.. (await page.GetByTestId("audit-row").AllInnerTextsAsync()).Select(text => long.Parse(Regex.Match(text, "#([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture))];
}
