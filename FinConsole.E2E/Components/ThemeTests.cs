using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

public sealed class ThemeTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task A_chosen_theme_is_there_from_the_first_paint_on()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Developer);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        var light = await BackgroundAsync(page);
        await page.Button("Switch between light and dark").ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var dark = await BackgroundAsync(page);
        Assert.NotEqual(light, dark);

        foreach (var url in new[] { ConsoleUrls.Overview, ConsoleUrls.Tokens, ConsoleUrls.Logout })
        {
            // In the document itself, before any script has run.
            var answer = await page.GotoAsync(url);
            Assert.Contains("<html lang=\"en\" data-theme=\"dark\"", await answer!.TextAsync(), StringComparison.Ordinal);
            Assert.Equal(dark, await BackgroundAsync(page));
        }

        await page.GotoAsync(ConsoleUrls.Overview);
        await page.Button("Switch between light and dark").ClickAsync();
        await page.ReloadAsync();
        Assert.Equal(light, await BackgroundAsync(page));
    }

    [Fact]
    public async Task Without_a_choice_the_operating_systems_preference_counts()
    {
        var light = await OpenAsync(look: Look.Desktop);
        var dark = await OpenAsync(look: Look.Desktop with { Dark = true });
        await light.GotoAsync(ConsoleUrls.Login);
        await dark.GotoAsync(ConsoleUrls.Login);
        Assert.NotEqual(await BackgroundAsync(light), await BackgroundAsync(dark));
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
