using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

public sealed class ShortcutTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task A_question_mark_shows_the_shortcuts_and_gives_the_focus_back()
    {
        var page = await OpenAsync(Demo.Developer);
        await page.GoToTokensAsync();
        var create = page.Button("Create new token");
        await create.FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(Shortcuts(page)).ToBeVisibleAsync();
        await Accessibility.CheckAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Shortcuts(page)).ToHaveCountAsync(0);
        await Assertions.Expect(create).ToBeFocusedAsync();

        await page.Button("Account of Daniel Kim").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await Assertions.Expect(Shortcuts(page).Locator("[data-autofocus]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Shortcuts(page)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Button("Account of Daniel Kim")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(ConsoleUrls.Tokens)]
    [InlineData(ConsoleUrls.Team)]
    [InlineData(ConsoleUrls.Logins)]
    [InlineData(ConsoleUrls.Audit)]
    public async Task A_slash_leads_to_the_search_field_of_the_page_and_is_not_typed_into_it(string url)
    {
        var page = await OpenAsync(Demo.Admin);
        await GoLiveAsync(page, url);
        await page.Keyboard.PressAsync("/");
        var field = page.GetByRole(AriaRole.Search).Locator("input:focus");
        await Assertions.Expect(field).ToHaveValueAsync("");

        await page.Keyboard.TypeAsync("/?");
        await Assertions.Expect(field).ToHaveValueAsync("/?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_slash_opens_the_palette_where_a_page_has_no_search_field()
    {
        var page = await OpenAsync(Demo.Developer);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.DialogNamed("Command palette").GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await Assertions.Expect(page.DialogNamed("Command palette").GetByRole(AriaRole.Combobox)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Single_keys_do_nothing_once_they_are_turned_off_and_the_browser_remembers_it()
    {
        var page = await OpenAsync(Demo.Developer);
        await page.GoToTokensAsync();
        await page.Keyboard.PressAsync("?");
        var box = Shortcuts(page).GetByRole(AriaRole.Checkbox, new() { Name = "Shortcuts of a single key" });
        await Assertions.Expect(box).ToBeCheckedAsync();
        await box.UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Shortcuts(page)).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await page.WaitForFunctionAsync(Chromium.PageIsLive);
        foreach (var key in new[] { "?", "/" })
            await page.Keyboard.PressAsync(key);
        await Assertions.Expect(page.Locator("input:focus")).ToHaveCountAsync(0);
        // What the keys had asked for would be there before this.
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("keyboard");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        await Assertions.Expect(box).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Pages_outside_of_the_console_leave_the_keys_to_the_browser()
    {
        var page = await OpenAsync();
        await page.GotoAsync(ConsoleUrls.Login);
        Assert.False(await page.EvaluateAsync<bool>(
            "() => ['k', '/', '?'].some(key => !document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: key === 'k', bubbles: true, cancelable: true })))"));
    }

    private static ILocator Shortcuts(IPage page) => page.DialogNamed("Keyboard shortcuts");
}
