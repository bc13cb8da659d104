using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

/// <summary>Rows that the browser keeps (rows.js), while others change what they show.</summary>
public sealed class RowsTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task A_row_that_changes_keeps_its_elements_and_the_focus_and_its_neighbours_are_left_alone()
    {
        var (tenant, page) = await OpenAsync("Alpha", "Bravo", "Charlie");
        await Remember(page);
        await Actions(page, "Bravo").FocusAsync();

        await tenant.DisableAsync("Bravo");

        await Assertions.Expect(page.StatusOf("Bravo")).ToHaveTextAsync("Disabled");
        await Assertions.Expect(Actions(page, "Bravo")).ToBeFocusedAsync();
        Assert.Equal(["Charlie", "Bravo", "Alpha"], await RememberedAsync(page));
    }

    [Fact]
    public async Task Rows_that_come_and_go_leave_the_others_in_their_order_and_what_is_selected_selected()
    {
        var (tenant, page) = await OpenAsync("Alpha", "Bravo", "Charlie");
        await Remember(page);
        await page.GetByLabel("Select Alpha", new() { Exact = true }).CheckAsync();

        await tenant.AddTokenAsync("Delta");
        await Assertions.Expect(Names(page)).ToHaveTextAsync(["Delta", "Charlie", "Bravo", "Alpha"]);
        await tenant.InvalidateAsync("Bravo");

        await Assertions.Expect(Names(page)).ToHaveTextAsync(["Delta", "Charlie", "Alpha"]);
        await Assertions.Expect(page.GetByLabel("Select Alpha", new() { Exact = true })).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByTestId("selected-count")).ToHaveTextAsync("1 selected");
        Assert.Equal(["", "Charlie", "Alpha"], await RememberedAsync(page));
    }

    [Fact]
    public async Task The_focus_comes_back_to_a_row_that_changed_while_its_menu_was_open()
    {
        var (tenant, page) = await OpenAsync("Alpha", "Bravo");
        await Actions(page, "Alpha").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();

        await tenant.DisableAsync("Alpha");
        await Assertions.Expect(page.StatusOf("Alpha")).ToHaveTextAsync("Disabled");
        await Assertions.Expect(Actions(page, "Alpha")).ToHaveAttributeAsync("aria-expanded", "true");
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(Actions(page, "Alpha")).ToBeFocusedAsync();
        await Assertions.Expect(Actions(page, "Alpha")).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task A_press_on_a_row_that_has_gone_meanwhile_opens_nothing_and_shows_the_list_as_it_is()
    {
        var (_, page) = await OpenAsync("Alpha", "Bravo");
        await page.Row("Bravo").EvaluateAsync(
            "row => row.dispatchEvent(new CustomEvent('pressed', { bubbles: true, detail: { row: 'token-gone', action: 'Menu' } }))");
        await page.Row("Alpha").GetByRole(AriaRole.Button, new() { Name = "Alpha", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Alpha");
        await Assertions.Expect(page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_changed_while_the_connection_was_lost_is_shown_once_it_is_back()
    {
        IWebSocketRoute? line = null;
        var (tenant, page) = await OpenAsync(
            page => page.RouteWebSocketAsync(new Regex("_blazor"), route => (line = route).ConnectToServer()), "Alpha", "Bravo", "Charlie");
        Watch(page).ExpectLostConnection();
        await page.Context.SetOfflineAsync(true);
        await line!.CloseAsync();
        await Assertions.Expect(page.GetByText("The connection was lost.")).ToBeVisibleAsync();

        await tenant.DisableAsync("Alpha");
        await tenant.InvalidateAsync("Bravo");
        await tenant.AddTokenAsync("Delta");
        await page.Context.SetOfflineAsync(false);

        await Assertions.Expect(Names(page)).ToHaveTextAsync(["Delta", "Charlie", "Alpha"]);
        await Assertions.Expect(page.StatusOf("Alpha")).ToHaveTextAsync("Disabled");
    }

    private static ILocator Actions(IPage page, string name) => page.Row(name).Button($"More actions for {name}");

    private static ILocator Names(IPage page) => page.Locator("[data-testid=token-row] .name");

    // A word on each row's element, which a row drawn anew does not have.
    private static Task Remember(IPage page) => page.EvaluateAsync(
        "() => { for (const row of document.querySelectorAll('[data-testid=token-row]')) row.remembered = row.querySelector('.name').textContent; }");

    private static Task<string[]> RememberedAsync(IPage page) =>
        page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-testid=token-row]')].map(row => row.remembered ?? '')");

    private Task<(OwnTenant Tenant, IPage Page)> OpenAsync(params string[] names) => OpenAsync(_ => Task.CompletedTask, names);

    private async Task<(OwnTenant Tenant, IPage Page)> OpenAsync(Func<IPage, Task> prepare, params string[] names)
    {
        var tenant = await OwnTenant.NewAsync(Server);
        foreach (var name in names)
            await tenant.AddTokenAsync(name);
        var page = await OpenFreshAsync(tenant.Developer);
        await prepare(page);
        await page.GoToTokensAsync();
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(names.Length);
        return (tenant, page);
    }
}
