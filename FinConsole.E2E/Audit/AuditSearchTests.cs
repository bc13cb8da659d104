using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Audit;

/// <summary>Searching as a reviewer does: typing, by keys alone, by bars and by links.</summary>
public sealed class AuditSearchTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task Finds_by_fields_and_words_and_the_address_carries_the_search()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToAuditAsync();
        await page.Search().FillAsync("action:token -action:token.create laptop");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=action%3Atoken%20-action%3Atoken.create%20laptop$"));
        await Assertions.Expect(page.Rows().Filter(new() { HasNotText = "Ines' laptop" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.Rows().First).ToContainTextAsync("Ines' laptop");

        var colleague = await OpenAsync(Demo.Admin);
        await colleague.GoToAuditAsync("action:token -action:token.create laptop");
        Assert.Equal(await page.Rows().CountAsync(), await colleague.Rows().CountAsync());
        await Assertions.Expect(colleague.Search()).ToHaveValueAsync("action:token -action:token.create laptop");
    }

    [Fact]
    public async Task Says_what_is_wrong_at_the_word_and_selects_it()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToAuditAsync();
        await page.Search().FillAsync("result:failure action:token.rotat");
        await page.Keyboard.PressAsync("Enter");

        var fault = page.GetByTestId("search-fault");
        await Assertions.Expect(fault).ToContainTextAsync("There is no action “token.rotat”. Did you mean token.rotate?");
        await Assertions.Expect(fault.Locator("mark")).ToHaveTextAsync("token.rotat");
        await Assertions.Expect(page.Search()).ToBeFocusedAsync();
        await Assertions.Expect(page.Search()).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal("token.rotat", await page.Search().EvaluateAsync<string>("field => field.value.slice(field.selectionStart, field.selectionEnd)"));
        await Assertions.Expect(page.Rows()).ToHaveCountAsync(0);
        await Accessibility.CheckAsync(page);

        await page.Keyboard.TypeAsync("token.rotate");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(fault).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Suggestions_are_chosen_and_put_away_by_keys()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToAuditAsync();
        await page.Search().ClickAsync();
        await page.Keyboard.TypeAsync("act");
        await Assertions.Expect(page.Suggestions()).ToHaveTextAsync([new Regex("^action:"), new Regex("^actor:")]);
        await Assertions.Expect(page.Search()).ToHaveAttributeAsync("aria-expanded", "true");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Search()).ToHaveAttributeAsync("aria-activedescendant", "audit-suggestion-0");
        await Accessibility.CheckAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Search()).ToHaveValueAsync("action:");
        await page.Keyboard.TypeAsync("token.inv");
        await Assertions.Expect(page.Suggestions()).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Search()).ToHaveValueAsync("action:token.invalidate ");
        await page.Keyboard.TypeAsync("actor:adm");
        await Assertions.Expect(page.Suggestions()).ToHaveTextAsync([new Regex("actor:admin@acme.example")]);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Suggestions().First).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Rows()).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_bar_narrows_the_search_and_says_how_many_entries_it_holds()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToAuditAsync("action:token.invalidate");
        var bar = page.Bars().And(page.Locator("[aria-label$=', 1 entry']")).First;
        var name = await bar.GetAttributeAsync("aria-label");
        await page.TabToAsync(page.Bars().Last);
        while (!await bar.EvaluateAsync<bool>("element => element === document.activeElement"))
            await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Rows()).ToHaveCountAsync(1);
        await Assertions.Expect(page.Search()).ToHaveValueAsync(new Regex(@"^action:token\.invalidate since:\d{4}-\d\d-\d\d until:\d{4}-\d\d-\d\d$"));
        await Assertions.Expect(page.Rows().First).ToContainTextAsync(name!.Split(',')[0]);
        await Assertions.Expect(page.GetByTestId("audit-histogram")).ToContainTextAsync("1 entry, ");
    }

    [Fact]
    public async Task Controls_write_into_the_search_and_follow_it()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToAuditAsync("laptop");
        await page.GetByLabel("Result", new() { Exact = true }).SelectOptionAsync("success");
        await Assertions.Expect(page.Search()).ToHaveValueAsync("laptop result:success");
        await page.Button("Period: Any time").ClickAsync();
        await page.Button("Last 90 days").ClickAsync();
        await Assertions.Expect(page.Search()).ToHaveValueAsync("laptop result:success since:90d");
        await page.GetByLabel("Action", new() { Exact = true }).SelectOptionAsync("token");
        await Assertions.Expect(page.Search()).ToHaveValueAsync("laptop result:success since:90d action:token");
        await page.Search().FillAsync("result:failure since:2026-01-02");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Result", new() { Exact = true })).ToHaveValueAsync("failure");
        await Assertions.Expect(page.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync("2026-01-02");
        await Assertions.Expect(page.GetByLabel("Action", new() { Exact = true })).ToHaveValueAsync("");
        await Assertions.Expect(page.Button("Period: Since 2 Jan 2026")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_entry_leads_to_more_by_its_actor_about_its_resource_from_its_address_and_of_its_correlation()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Admin);
        await page.GoToTokensAsync();
        await page.CreateAsync("Traced", tenant.Cashier);
        await page.SaveAsync();
        await page.GoToAuditAsync("action:token.create");
        foreach (var (link, query, found) in new[]
        {
            ("Everything by this actor", new Regex("^actor:[0-9a-f-]{36}$"), "session.start"),
            ("Everything about this resource", new Regex("^resource:[0-9a-f-]{36}$"), "token.acknowledge"),
            ("Everything from this IP", new Regex("^ip:"), "session.start"),
            ("Everything with this correlation id", new Regex("^id:"), "token.create"),
        })
        {
            await page.GoToAuditAsync("action:token.create");
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Details of entry") }).ClickAsync();
            await page.DialogNamed("token.create").GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();
            await Assertions.Expect(page.Search()).ToHaveValueAsync(query);
            await Assertions.Expect(page.Rows().Filter(new() { HasText = found }).First).ToBeVisibleAsync();
            await Assertions.Expect(page.DialogNamed("token.create")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task An_entry_speaks_in_peoples_words()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToAuditAsync("action:member.add");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Details of entry") }).First.ClickAsync();
        var drawer = page.DialogNamed("member.add");
        await Assertions.Expect(drawer).ToBeVisibleAsync();
        await Assertions.Expect(drawer).Not.ToContainTextAsync(new Regex("TenantAdmin|SecurityReviewer"));
    }
}
