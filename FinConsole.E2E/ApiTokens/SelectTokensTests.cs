using FinConsole.Core.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiTokens;

public sealed class SelectTokensTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task Space_and_arrow_keys_select_shift_takes_rows_along_and_the_dialog_ends_them_all()
    {
        var (tenant, page) = await OpenWithTokensAsync(Look.Desktop);
        await page.TabToAsync(Box(page, "Token 4"));
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(Count(page)).ToHaveTextAsync("1 selected");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Assertions.Expect(Count(page)).ToHaveTextAsync("3 selected");
        await Assertions.Expect(Box(page, "Token 2")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Box(page, "Token 1")).Not.ToBeCheckedAsync();

        await page.Button("Invalidate selected").PressAsync("Enter");
        var dialog = page.DialogNamed("Invalidate 3 tokens");
        await Assertions.Expect(dialog.GetByTestId("batch-tokens").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await Assertions.Expect(dialog.Button("Invalidate tokens")).ToBeDisabledAsync();
        await dialog.Field("Reason").ChooseAsync("No longer needed");
        await dialog.GetByLabel("Type production to confirm").FillAsync("production");
        await Accessibility.CheckAsync(page);
        await dialog.Button("Invalidate tokens").ClickAsync();
        await Assertions.Expect(page.GetByText("3 tokens invalidated.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(2);
        await Assertions.Expect(Count(page)).ToHaveTextAsync("");
        Assert.NotNull(tenant);
    }

    [Theory]
    [InlineData(1280, "dark")]
    [InlineData(390, "light")]
    [InlineData(390, "dark")]
    public async Task Shift_and_a_press_select_a_range_and_all_of_the_page_are_one_press(int width, string theme)
    {
        var (_, page) = await OpenWithTokensAsync(Look.Of(width, theme));
        await Box(page, "Token 4").ClickAsync();
        await Box(page, "Token 1").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(Count(page)).ToHaveTextAsync("4 selected");
        await Assertions.Expect(page.GetByLabel("Select all on this page")).ToHaveJSPropertyAsync("indeterminate", true);
        await Accessibility.CheckAsync(page);
        await page.GetByLabel("Select all on this page").CheckAsync();
        await Assertions.Expect(Count(page)).ToHaveTextAsync("5 selected");

        await page.Button("Disable").ClickAsync();
        await page.DialogNamed("Disable 5 tokens").Button("Disable tokens").ClickAsync();
        await Assertions.Expect(page.GetByText("5 tokens disabled.")).ToBeVisibleAsync();
        await Assertions.Expect(page.StatusOf("Token 3")).ToHaveTextAsync("Disabled");
        await page.Button("Enable").ClickAsync();
        await page.DialogNamed("Enable 5 tokens").Button("Enable tokens").ClickAsync();
        await Assertions.Expect(page.StatusOf("Token 3")).ToHaveTextAsync("Active");
        await page.Button("Clear selection").ClickAsync();
        await Assertions.Expect(Count(page)).ToHaveTextAsync("");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
    }

    [Fact]
    public async Task What_is_no_longer_shown_is_not_selected_and_a_reader_selects_nothing()
    {
        var (tenant, page) = await OpenWithTokensAsync(Look.Desktop);
        await page.GetByLabel("Select all on this page").CheckAsync();
        await Assertions.Expect(Count(page)).ToHaveTextAsync("5 selected");
        await page.GetByLabel("Environment filter", new() { Exact = true }).SelectOptionAsync("production");
        await Assertions.Expect(Count(page)).ToHaveTextAsync("1 selected");

        var reader = await OpenFreshAsync(tenant.Reviewer);
        await reader.GoToTokensAsync();
        await Assertions.Expect(reader.GetByTestId("token-row")).ToHaveCountAsync(5);
        await Assertions.Expect(reader.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);
    }

    private static ILocator Box(IPage page, string name) => page.GetByLabel($"Select {name}", new() { Exact = true });

    private static ILocator Count(IPage page) => page.GetByTestId("selected-count");

    private async Task<(OwnTenant Tenant, IPage Page)> OpenWithTokensAsync(Look look)
    {
        var tenant = await OwnTenant.NewAsync(Server);
        for (var number = 0; number < 5; number++)
            await tenant.AddTokenAsync($"Token {number}", number == 3 ? TokenEnvironment.Production : TokenEnvironment.Development);
        var page = await OpenFreshAsync(tenant.Developer, look);
        await page.GoToTokensAsync();
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(5);
        return (tenant, page);
    }
}
