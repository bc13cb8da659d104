using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

/// <summary>The command palette, by the keys that people use it with.</summary>
public sealed class PaletteTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task A_key_opens_it_from_anywhere_and_the_focus_goes_back_where_it_was()
    {
        var page = await OpenTokensAsync();
        Assert.Equal(0, await page.Locator(".fc-palette, [data-fc-palette-input]").CountAsync());
        var search = page.GetByRole(AriaRole.Searchbox);
        await search.FillAsync("ledger");
        // The search is still to come: it changes the address behind the palette.
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=ledger"));
        await Assertions.Expect(Field(page)).ToBeFocusedAsync();
        await Accessibility.CheckAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Palette(page)).ToHaveCountAsync(0);
        await Assertions.Expect(search).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(Field(page)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(Palette(page)).ToHaveCountAsync(0);
        await Assertions.Expect(search).ToBeFocusedAsync();

        await page.Button("Search or go to…").ClickAsync();
        await Assertions.Expect(Field(page)).ToBeFocusedAsync();
        await page.Mouse.ClickAsync(8, 700);
        await Assertions.Expect(Palette(page)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Button("Search or go to…")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Arrows_home_and_end_move_through_the_options_and_enter_takes_the_marked_one()
    {
        var page = await OpenTokensAsync();
        await OpenAsync(page);
        var options = Palette(page).GetByRole(AriaRole.Option);
        await ExpectMarkedAsync(page, "Overview");
        await page.Keyboard.PressAsync("ArrowUp");
        await ExpectMarkedAsync(page, "Sign out");
        await Assertions.Expect(options.Last).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await ExpectMarkedAsync(page, "Overview");
        await page.Keyboard.PressAsync("End");
        await ExpectMarkedAsync(page, "Sign out");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await ExpectMarkedAsync(page, "Encryption Keys");
        await Assertions.Expect(Field(page)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"{ConsoleUrls.EncryptionKeys}$"));
        await Assertions.Expect(Palette(page)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Enter_waits_for_what_fits_the_text_and_a_token_opens_its_details()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Overview exporter");
        await tenant.AddTokenAsync("Ledger");
        var page = await OpenAsync(tenant.Developer);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        await OpenAsync(page);
        // Not a key later: at this moment the list still shows everything.
        await page.Keyboard.InsertTextAsync("exporter over");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.DialogNamed("Overview exporter")).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape($"{ConsoleUrls.Tokens}?q=Overview%20exporter&status=all") + "$"));
    }

    [Fact]
    public async Task What_is_typed_while_it_is_on_its_way_is_not_lost()
    {
        var page = await OpenTokensAsync();
        await page.GetByRole(AriaRole.Searchbox).FocusAsync();
        // In one go, before any answer of the server.
        await page.EvaluateAsync(
            """
            () => {
              const press = (key, ctrlKey = false) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
              press('k', true);
              for (const key of ['u', 's', 'x', 'Backspace', 'a', 'g', 'e', 'Enter']) press(key);
            }
            """);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"{ConsoleUrls.Usage}$"));
        await Assertions.Expect(Palette(page)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_action_opens_its_dialog_wherever_one_is_and_the_address_forgets_it()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Admin);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        foreach (var (text, dialog, url) in new[]
        {
            ("create token", "Create new token", ConsoleUrls.Tokens),
            ("identify", "Identify a token", ConsoleUrls.Tokens),
            ("rotate enc", "Rotate encryption keys", ConsoleUrls.EncryptionKeys),
            ("invite", "Invite member", ConsoleUrls.Team),
            ("shortcuts", "Keyboard shortcuts", ConsoleUrls.Team),
        })
        {
            await OpenAsync(page);
            await page.Keyboard.TypeAsync(text);
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.DialogNamed(dialog)).ToBeVisibleAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex($"{url}$"));
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Members_are_found_by_address_and_the_audit_log_is_searched_for_the_text()
    {
        var page = await OpenAsync(Demo.Admin);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        await OpenAsync(page);
        await page.Keyboard.TypeAsync("reviewer@acme");
        await Palette(page).GetByRole(AriaRole.Option, new() { Name = "Ruth Lindqvist" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Ruth Lindqvist" }).First).ToBeVisibleAsync();

        await OpenAsync(page);
        await page.Keyboard.TypeAsync("action:token.rotate");
        await Palette(page).GetByRole(AriaRole.Option, new() { Name = "Search the audit log for “action:token.rotate”" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Search the audit log" })).ToHaveValueAsync("action:token.rotate");
    }

    [Fact]
    public async Task A_cashier_is_offered_their_own_account_alone()
    {
        var page = await OpenAsync(Demo.Cashier);
        await GoLiveAsync(page, ConsoleUrls.Profile);
        await OpenAsync(page);
        await page.Keyboard.TypeAsync("ledger export");
        await Assertions.Expect(Palette(page).GetByText("Nothing fits “ledger export”.")).ToBeVisibleAsync();
        await Assertions.Expect(Palette(page).GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await Field(page).FillAsync("");
        await ExpectMarkedAsync(page, "Profile");
    }

    [Fact]
    public async Task It_opens_over_no_other_dialog_not_even_over_one_that_is_still_on_its_way()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Developer);
        await page.GoToTokensAsync();
        await page.EvaluateAsync("() => { [...document.querySelectorAll('main button')].find(each => each.textContent === 'Identify a token').click(); document.querySelector('[data-fc-palette]').click(); }");
        await Assertions.Expect(page.DialogNamed("Identify a token")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.CreateAsync("Once", tenant.Cashier);
        foreach (var key in new[] { "Control+k", "?", "/" })
            await page.Keyboard.PressAsync(key);
        // Whatever these keys had asked for would be there by the time that this is answered.
        await page.SaveAsync();
        await Assertions.Expect(page.StatusOf("Once")).ToHaveTextAsync("Active");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_pasted_token_is_found_and_never_leaves_the_browser()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var made = await tenant.AddTokenAsync("Pasted");
        var secret = made.Secret.Reveal();
        var page = await OpenAsync(tenant.Developer);
        List<string> sent = [];
        page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => sent.Add(frame.Text ?? System.Text.Encoding.Latin1.GetString(frame.Binary ?? []));
        await GoLiveAsync(page, ConsoleUrls.Overview);
        await OpenAsync(page);
        await page.Keyboard.InsertTextAsync($" {secret}");
        await Assertions.Expect(Palette(page).GetByRole(AriaRole.Option, new() { Name = "Pasted" })).ToBeVisibleAsync();

        Assert.Contains(sent, frame => frame.Contains(made.Secret.Prefix, StringComparison.Ordinal));
        Assert.DoesNotContain(sent, frame => frame.Contains(secret[11..^4], StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_a_phone_a_button_opens_it_and_a_touch_takes_an_option()
    {
        var page = await OpenAsync(Demo.Admin, Look.Phone);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        await page.Button("Search or go to…").ClickAsync();
        await Field(page).FillAsync("log");
        await Palette(page).GetByRole(AriaRole.Option, new() { Name = "Audit log" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Audit log");
        await Assertions.Expect(Palette(page)).ToHaveCountAsync(0);
    }

    private static ILocator Palette(IPage page) => page.DialogNamed("Command palette");

    private static ILocator Field(IPage page) => page.GetByRole(AriaRole.Combobox, new() { Name = "Search or go to…" });

    private static async Task OpenAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(Field(page)).ToBeFocusedAsync();
    }

    private static async Task ExpectMarkedAsync(IPage page, string name)
    {
        var option = Palette(page).GetByRole(AriaRole.Option, new() { Name = name, Selected = true });
        await Assertions.Expect(option).ToHaveCountAsync(1);
        await Assertions.Expect(Field(page)).ToHaveAttributeAsync("aria-activedescendant", await option.GetAttributeAsync("id") ?? "");
    }

    private async Task<IPage> OpenTokensAsync()
    {
        var page = await OpenAsync(Demo.Developer);
        await page.GoToTokensAsync();
        return page;
    }
}
