using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.LoginHistory;

public sealed class LoginsPageTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task The_demo_shows_every_reason_highlighted_by_colour_icon_and_text()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToLoginsAsync("?suspicious=1");

        foreach (var reason in new[]
        {
            "New IP address", "New network", "New country", "Impossible travel", "New device", "Unusual hour", "Several failures before", "Many accounts from this IP",
            "Repeated MFA failures", "Retired token used",
        })
        {
            await Assertions.Expect(page.GetByTestId("reason").GetByText(reason, new() { Exact = true }).First).ToBeVisibleAsync();
        }

        var high = page.Attempts().Filter(new() { HasText = "High," }).First;
        await Assertions.Expect(high.GetByTestId("risk").Locator("svg")).ToBeVisibleAsync();
        var highlighted = await ColourAsync(high);
        await page.GoToLoginsAsync("?outcome=signed-out");
        Assert.NotEqual(highlighted, await ColourAsync(page.Attempts().First));
        Assert.DoesNotContain("true", await page.Attempts().EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.suspicious)"));
    }

    [Fact]
    public async Task The_links_of_a_retired_tokens_row_are_in_sight()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToLoginsAsync("?outcome=retired-token");

        var link = page.Attempts().First.Locator(".who a").First;
        await Assertions.Expect(link).ToBeVisibleAsync();
        Assert.True(await link.EvaluateAsync<bool>("""
            link => {
                const at = link.getClientRects();
                return [...at].every(box => document.elementFromPoint(box.right - 2, box.top + box.height / 2) === link);
            }
            """));
    }

    [Fact]
    public async Task Filters_narrow_the_list_stand_in_the_address_and_the_link_reproduces_the_view()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToLoginsAsync();
        await page.GetByLabel("Suspicious only").CheckAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("suspicious=1"));
        await page.GetByLabel("IP address", new() { Exact = true }).FillAsync("192.0.2.64/26");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Attempts()).ToHaveCountAsync(14);
        await page.GetByLabel("Outcome", new() { Exact = true }).SelectOptionAsync("Unknown account");
        await Assertions.Expect(page.Attempts()).ToHaveCountAsync(4);
        await page.GetByLabel("Account", new() { Exact = true }).FillAsync("root@");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Attempts()).ToHaveCountAsync(1);
        await page.GetByLabel("Country", new() { Exact = true }).FillAsync("brazil");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("country=brazil"));
        await Assertions.Expect(page.Attempts()).ToHaveCountAsync(1);

        var other = await OpenAsync(Demo.Admin);
        await other.GotoAsync(page.Url);
        await Assertions.Expect(other.Attempts()).ToHaveCountAsync(1);
        await Assertions.Expect(other.Attempts()).ToContainTextAsync(["root@acme.example"]);
        await other.GetByRole(AriaRole.Link, new() { Name = "Clear", Exact = true }).ClickAsync();
        await Assertions.Expect(other.Attempts()).ToHaveCountAsync(50);
    }

    [Fact]
    public async Task Days_are_the_reader_s_own()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToLoginsAsync("?suspicious=1&ip=192.0.2.77");
        var night = Day(await page.Attempts().First.Locator("time").First.GetAttributeAsync("datetime"));

        await page.Button("Period: Any time").ClickAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync(night);
        await page.GetByLabel("To", new() { Exact = true }).FillAsync(night);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"from={night}.*to={night}"));
        await Assertions.Expect(page.Attempts()).ToHaveCountAsync(14);
        await page.GoToLoginsAsync($"?ip=192.0.2.77&to={night[..4]}-01-01");
        await Assertions.Expect(page.GetByText("No attempt matches")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_no_address_is_told_at_its_field()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToLoginsAsync();
        await page.GetByLabel("IP address", new() { Exact = true }).FillAsync("203.0.113.0/64");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter an address such as");
        await Assertions.Expect(page.GetByLabel("IP address", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Button("Export CSV")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Pages_go_back_in_time_and_the_newest_is_a_step_away()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToLoginsAsync();
        await Assertions.Expect(page.Attempts()).ToHaveCountAsync(50);
        var first = await page.Attempts().First.InnerTextAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("live")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Attempts()).ToHaveCountAsync(50);
        Assert.NotEqual(first, await page.Attempts().First.InnerTextAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).First.ClickAsync();
        await Assertions.Expect(page.GetByTestId("live")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_drawer_shows_the_neighbours_takes_notes_and_has_an_address_of_its_own()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.SettleAsync(tenant.Developer, Whereabouts.Office, 3);
        await tenant.SettleAsync(tenant.Cashier, Whereabouts.Office, 2);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await page.GoToLoginsAsync($"?account={tenant.Developer.Email}");
        var drawer = await page.OpenAttemptAsync(page.Attempts().First);
        await Assertions.Expect(drawer.GetByRole(AriaRole.Region, new() { Name = "This account’s other attempts" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Assertions.Expect(drawer.GetByRole(AriaRole.Region, new() { Name = $"Everything else from {Whereabouts.Office.Ip}" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(4);

        var second = await OpenFreshAsync(tenant.Admin);
        await second.GotoAsync(page.Url);
        await Assertions.Expect(second.GetByTestId("login-detail")).ToContainTextAsync(tenant.Developer.Email);
        await drawer.Button("Add note").ClickAsync();
        await Assertions.Expect(drawer.GetByText("Write something.")).ToBeVisibleAsync();
        await drawer.GetByLabel("New note").FillAsync("Called <b>her</b>: it was she.");
        await drawer.Button("Add note").ClickAsync();
        await Assertions.Expect(drawer.GetByTestId("note")).ToContainTextAsync(["Called <b>her</b>: it was she."]);
        await Assertions.Expect(second.GetByTestId("note")).ToContainTextAsync([tenant.Reviewer.Email]);

        await drawer.Button("Legitimate").ClickAsync();
        await Assertions.Expect(second.GetByTestId("said")).ToContainTextAsync("Legitimate");
        await second.GetByTestId("login-detail").Button("Take back").ClickAsync();
        await Assertions.Expect(drawer.GetByTestId("said")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("attempt="));
    }

    [Fact]
    public async Task Arrow_keys_move_the_open_drawer_along_the_list_and_back_and_forward_close_and_open_it()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToLoginsAsync("?suspicious=1&ip=192.0.2.77&outcome=unknown-account");
        await Assertions.Expect(page.Attempts()).ToHaveCountAsync(4);
        var accounts = await page.Attempts().EvaluateAllAsync<string[]>("rows => rows.map(row => row.querySelector('.who .fc-strong').textContent)");
        ILocator Shown(int row) => page.DialogNamed($"Attempt on {accounts[row]}").GetByTestId("login-detail");
        await page.OpenAttemptAsync(page.Attempts().First);
        var first = page.Url;

        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Shown(2)).ToBeFocusedAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(first);
        for (var more = 0; more < 3; more++)
            await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Shown(3)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(Shown(2)).ToBeVisibleAsync();

        var note = Shown(2).GetByLabel("New note");
        await note.FillAsync("Two\nlines");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.TypeAsync("!");
        await Assertions.Expect(note).ToHaveValueAsync("Two!\nlines");

        var third = page.Url;
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByTestId("login-detail")).ToHaveCountAsync(0);
        await page.GoForwardAsync();
        await Assertions.Expect(Shown(2)).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(third);
    }

    [Fact]
    public async Task Only_of_their_own_attempts_is_a_reviewer_asked_whether_it_was_them()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.SettleAsync(tenant.Developer, Whereabouts.Office, 1);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await page.GoToLoginsAsync();
        var drawer = await page.OpenAttemptAsync(page.Attempt(tenant.Developer.Email));
        await Assertions.Expect(drawer.Button("Legitimate")).ToBeVisibleAsync();
        await Assertions.Expect(drawer.Button("Suspicious")).ToBeVisibleAsync();
        await Assertions.Expect(drawer.Button("This was me")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(drawer).ToHaveCountAsync(0);

        await page.OpenAttemptAsync(page.Attempt(tenant.Reviewer.Email));
        await drawer.Button("This was me").ClickAsync();
        await Assertions.Expect(drawer.GetByTestId("said")).ToContainTextAsync("This was me");
        await Assertions.Expect(page.Attempt(tenant.Reviewer.Email).GetByTestId("mark")).ToHaveTextAsync("This was me");
        await Assertions.Expect(drawer.Button("Not me")).ToBeVisibleAsync();
        await Assertions.Expect(drawer.Button("Suspicious")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_reviewer_gets_to_an_attempt_and_its_note_by_keyboard_alone()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.SettleAsync(tenant.Developer, Whereabouts.Office, 1);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await page.GoToLoginsAsync();
        await page.TabToAsync(page.Attempt(tenant.Developer.Email).GetByRole(AriaRole.Button));
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync(page.GetByLabel("New note"));
        await page.Keyboard.TypeAsync("Seen.");
        await page.TabToAsync(page.Button("Add note"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("note")).ToContainTextAsync(["Seen."]);
    }

    [Fact]
    public async Task Exports_hold_what_the_filter_shows_as_csv_and_ndjson()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToLoginsAsync("?suspicious=1&ip=192.0.2.77&outcome=unknown-account");
        await Assertions.Expect(page.Attempts()).ToHaveCountAsync(4);

        var csv = (await DownloadAsync(page, "Export CSV")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, csv.Length);
        Assert.StartsWith("id,at,account,", csv[0], StringComparison.Ordinal);
        Assert.Contains(csv, line => line.Contains("root@acme.example", StringComparison.Ordinal) && line.Contains("many-accounts-from-one-ip", StringComparison.Ordinal));
        var lines = (await DownloadAsync(page, "Export NDJSON")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Equal(("unknown-account", "BR"), Parse(line)));
        await Assertions.Expect(page.GetByTestId("export-state")).ToHaveAttributeAsync("data-state", "done");
    }

    private static (string? Outcome, string? Country) Parse(string line)
    {
        using var row = JsonDocument.Parse(line);
        return (row.RootElement.GetProperty("outcome").GetString(), row.RootElement.GetProperty("country").GetString());
    }

    private static async Task<string> DownloadAsync(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.Button(button).ClickAsync());
        await using var content = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync(Stop);
    }

    private static string Day(string? at) => TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(at!, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<string> ColourAsync(ILocator row) => row.Locator("td").First.EvaluateAsync<string>("cell => getComputedStyle(cell).backgroundColor");
}
