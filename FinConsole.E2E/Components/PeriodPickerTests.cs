using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Audit;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.LoginHistory;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

public sealed class PeriodPickerTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task A_period_and_a_range_are_chosen_by_keyboard_and_stand_in_the_address()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToLoginsAsync();
        await page.TabToAsync(page.Button("Period: Any time"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Button("Any time")).ToBeFocusedAsync();
        for (var step = 0; step < 3; step++)
            await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("period=7d$"));
        await Assertions.Expect(page.Button("Period: Last 7 days")).ToBeFocusedAsync();
        await page.ReloadAsync();
        await page.WaitForFunctionAsync(Chromium.PageIsLive);

        await page.TabToAsync(page.Button("Period: Last 7 days"));
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync(page.GetByLabel("From", new() { Exact = true }));
        // Digit by digit; the same in every order of day and month.
        await page.Keyboard.TypeAsync("02022026");
        await page.TabToAsync(page.GetByLabel("To", new() { Exact = true }));
        await page.Keyboard.TypeAsync("05052026");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("from=2026-02-02&to=2026-05-05$"));
        await Assertions.Expect(page.Button("Period: 2 Feb 2026 – 5 May 2026")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Custom range")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByText("Custom range")).ToBeHiddenAsync();
        await Assertions.Expect(page.Button("Period: 2 Feb 2026 – 5 May 2026")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(1280, "light")]
    [InlineData(1280, "dark")]
    [InlineData(390, "light")]
    [InlineData(390, "dark")]
    public async Task The_open_panel_is_accessible_and_stays_in_the_window(int width, string theme)
    {
        var page = await OpenAsync(Demo.Reviewer, Look.Of(width, theme));
        await page.GoToAuditAsync("since:7d");
        if (width == Look.Phone.Width)
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Filters") }).ClickAsync();
        await page.Button("Period: Last 7 days").ClickAsync();
        await Assertions.Expect(page.Button("Last 7 days")).ToHaveAttributeAsync("aria-pressed", "true");
        await Accessibility.CheckAsync(page);
        var box = (await page.Locator(".fc-panel:popover-open").BoundingBoxAsync())!;
        Assert.True(box.X >= 0 && box.X + box.Width <= width && box.Y >= 0 && box.Y + box.Height <= page.ViewportSize!.Height, $"{box.X} {box.Y} {box.Width} {box.Height}");
        await page.Button("Last 24 hours").ClickAsync();
        await Assertions.Expect(page.Search()).ToHaveValueAsync("since:24h");
    }
}
