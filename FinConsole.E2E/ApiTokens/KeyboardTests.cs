using FinConsole.Core.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiTokens;

/// <summary>No mouse: every key goes to whatever has the focus.</summary>
public sealed class KeyboardTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task A_token_is_created_and_saved()
    {
        var page = await OpenTokensAsync();
        await page.TabToAsync(page.Button("Create new token"));
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.DialogNamed("Create new token");
        await Assertions.Expect(dialog.Field("Name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("By hand");
        await page.TabToAsync(dialog.Field("Cashier email"));
        await page.Keyboard.TypeAsync(_tenant.Cashier.Email);
        await page.TabToAsync(dialog.Field("Cashier password"));
        await page.Keyboard.TypeAsync(_tenant.Cashier.Password);
        await page.Keyboard.PressAsync("Enter");

        await page.ShownOnceAsync();
        await page.TabToAsync(page.Button("I have saved it"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.StatusOf("By hand")).ToHaveTextAsync("Active");
        await Assertions.Expect(page.Button("Create new token")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_menu_of_a_row_moves_by_arrows_and_letters_and_gives_the_focus_back()
    {
        await _tenant.AddTokenAsync("Menu");
        var page = await OpenTokensAsync();
        var more = page.Button("More actions for Menu");
        await page.TabToAsync(more);
        await page.Keyboard.PressAsync("Enter");
        await ExpectItemAsync(page, "Edit");
        await page.Keyboard.PressAsync("ArrowDown");
        await ExpectItemAsync(page, "Disable");
        await page.Keyboard.PressAsync("End");
        await ExpectItemAsync(page, "Details");
        await page.Keyboard.PressAsync("ArrowDown");
        await ExpectItemAsync(page, "Edit");
        await page.Keyboard.PressAsync("i");
        await ExpectItemAsync(page, "Invalidate");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(more).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("d");
        await ExpectItemAsync(page, "Disable");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.DialogNamed("Disable Menu?").Button("Cancel")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.StatusOf("Menu")).ToHaveTextAsync("Disabled");
        Assert.Equal(TokenStatus.Disabled, Assert.Single(await _tenant.TokensAsync("Menu")).Status);
        await Assertions.Expect(more).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_menu_closes_by_Tab_or_beside_it_and_presses_nothing_beneath()
    {
        await _tenant.AddTokenAsync("First");
        await _tenant.AddTokenAsync("Second");
        var page = await OpenTokensAsync();
        var (more, menu) = (page.Button("More actions for Second"), page.GetByRole(AriaRole.Menu));
        await page.TabToAsync(more);
        await page.Keyboard.PressAsync("Space");
        await ExpectItemAsync(page, "Edit");
        await Assertions.Expect(menu).ToHaveCountAsync(1);
        await Assertions.Expect(more).ToHaveAttributeAsync("aria-expanded", "true");
        await Accessibility.CheckAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(menu).ToHaveCountAsync(0);
        await Assertions.Expect(more).ToBeFocusedAsync();
        await Assertions.Expect(more).ToHaveAttributeAsync("aria-expanded", "false");

        // A name is a button, which the press would hit without the menu.
        await more.ClickAsync();
        await ExpectItemAsync(page, "Edit");
        var beneath = (await page.Row("First").Locator("button.name").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(beneath.X + 4, beneath.Y + 4);
        await Assertions.Expect(menu).ToHaveCountAsync(0);
        await Assertions.Expect(more).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.Button("Account of " + _tenant.Developer.Name).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("s");
        await page.Keyboard.PressAsync("s");
        await ExpectItemAsync(page, "Sign out");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Profile");
        await Assertions.Expect(menu).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_choice_in_a_dialog_opens_moves_and_closes_alone()
    {
        await _tenant.AddTokenAsync("Choice");
        var page = await OpenTokensAsync();
        await page.ChooseAsync("Choice", "Invalidate");
        var dialog = page.DialogNamed("Invalidate token");
        var (reason, list) = (dialog.Field("Reason"), page.GetByRole(AriaRole.Listbox));
        await Assertions.Expect(reason).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(list.GetByRole(AriaRole.Option)).ToHaveCountAsync(Enum.GetValues<InvalidationReason>().Length);
        await Accessibility.CheckAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(list).ToHaveCountAsync(0);
        await Assertions.Expect(reason).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(list).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(list).ToHaveCountAsync(0);
        await Assertions.Expect(reason).ToHaveValueAsync("Compromised");
        await page.Keyboard.PressAsync("o");
        await Assertions.Expect(reason).ToHaveValueAsync("Other");
        await Assertions.Expect(reason).ToBeFocusedAsync();
        await Assertions.Expect(dialog).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_first_tab_offers_to_skip_to_the_content()
    {
        var page = await OpenTokensAsync();
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Assertions.Expect(skip).Not.ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)"));
        Assert.EndsWith(ConsoleUrls.Tokens, page.Url, StringComparison.Ordinal);
    }

    private static Task ExpectItemAsync(IPage page, string name) =>
        Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = name, Exact = true })).ToBeFocusedAsync();

    private async Task<IPage> OpenTokensAsync()
    {
        var page = await OpenAsync(_tenant.Developer);
        await page.GoToTokensAsync();
        return page;
    }
}
