using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Audit;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.LoginHistory;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.SavedViews;

public sealed class SavedViewJourneyTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task By_keyboard_alone_filters_are_saved_opened_renamed_and_deleted()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await page.GoToAuditAsync("result:success since:7d");
        await page.TabToAsync(Views(page));
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync(page.Button("Save these filters as a view"));
        await page.Keyboard.PressAsync("Enter");
        await page.DialogNamed("Save view").GetByLabel("Name", new() { Exact = true }).FillAsync("This week");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Button("Views: This week")).ToBeFocusedAsync();

        // The address is the view: relative times stay as they were typed.
        await GoLiveAsync(page, ConsoleUrls.Audit);
        await Views(page).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "This week" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=result%3Asuccess%20since%3A7d$"));
        await Assertions.Expect(page.Button("Views: This week")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync(page.Button("Manage views"));
        await page.Keyboard.PressAsync("Enter");
        var manage = page.DialogNamed("Manage views");
        await manage.Button("Rename This week").PressAsync("Enter");
        await page.DialogNamed("Rename This week").GetByLabel("Name", new() { Exact = true }).FillAsync("Seven days");
        await page.Keyboard.PressAsync("Enter");
        await manage.Button("Delete Seven days").PressAsync("Enter");
        await page.DialogNamed("Delete Seven days?").Button("Delete view").PressAsync("Enter");
        await Assertions.Expect(manage.GetByText("There are no saved views any more.")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Views(page)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_an_admin_shares_reaches_a_reviewer_who_cannot_change_it()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var admin = await OpenFreshAsync(tenant.Admin);
        await admin.GoToLoginsAsync("?outcome=wrong-password&suspicious=1");
        await Views(admin).ClickAsync();
        await admin.Button("Save these filters as a view").ClickAsync();
        var dialog = admin.DialogNamed("Save view");
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Guessed passwords");
        await dialog.GetByLabel("Share with the tenant").CheckAsync();
        await dialog.Button("Save view").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        var reviewer = await OpenFreshAsync(tenant.Reviewer);
        await reviewer.GoToLoginsAsync();
        await Views(reviewer).ClickAsync();
        await reviewer.GetByRole(AriaRole.Link, new() { Name = "Guessed passwords" }).ClickAsync();
        await Assertions.Expect(reviewer).ToHaveURLAsync(new Regex("suspicious=1&outcome=wrong-password$"));
        await Assertions.Expect(reviewer.GetByLabel("Suspicious only")).ToBeCheckedAsync();
        await reviewer.Button("Views: Guessed passwords").ClickAsync();
        await reviewer.Button("Manage views").ClickAsync();
        await Assertions.Expect(reviewer.GetByTestId("saved-view")).ToContainTextAsync([tenant.Admin.Email]);
        await Assertions.Expect(reviewer.GetByTestId("saved-view").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1280, "light")]
    [InlineData(1280, "dark")]
    [InlineData(390, "light")]
    [InlineData(390, "dark")]
    public async Task The_menu_and_its_dialogs_are_accessible_and_stay_in_the_window(int width, string theme)
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(look: Look.Of(width, theme));
        await page.Context.SignInAsync(tenant.Admin);
        await page.GoToLoginsAsync("?ip=203.0.113.0/24");
        await Views(page).ClickAsync();
        await page.Button("Save these filters as a view").ClickAsync();
        await page.DialogNamed("Save view").GetByLabel("Name", new() { Exact = true }).FillAsync("The office, as far as anybody knows its network");
        await Accessibility.CheckAsync(page);
        await page.Keyboard.PressAsync("Enter");

        await Views(page).ClickAsync();
        await Accessibility.CheckAsync(page);
        var box = (await page.Locator(".fc-panel:popover-open").BoundingBoxAsync())!;
        Assert.True(box.X >= 0 && box.X + box.Width <= width && box.Y + box.Height <= page.ViewportSize!.Height, $"{box.X} {box.Y} {box.Width} {box.Height}");
        await page.Button("Manage views").ClickAsync();
        await Assertions.Expect(page.GetByTestId("saved-view")).ToHaveCountAsync(1);
        await Accessibility.CheckAsync(page);
    }

    private static ILocator Views(IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Views") });
}
