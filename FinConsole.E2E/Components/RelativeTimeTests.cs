using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

/// <summary>"2 minutes ago" stays true while a page is open, without asking the server.</summary>
public sealed class RelativeTimeTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    // What the browser does by itself later on is done at once; the page's clock runs on from wherever it is set to.
    private const string Record =
        """
        () => {
          const realNow = Date.now.bind(Date), realSet = setInterval.bind(globalThis), realClear = clearInterval.bind(globalThis);
          globalThis.ahead = 0;
          Date.now = () => realNow() + globalThis.ahead;
          globalThis.ticks = new Map();
          globalThis.setInterval = (run, pause, ...rest) => {
            if (pause !== 10_000) return realSet(run, pause, ...rest);
            globalThis.ticks.set(-1, run);
            return -1;
          };
          globalThis.clearInterval = id => { globalThis.ticks.delete(id); realClear(id); };
        }
        """;

    private const string Tick = "hours => { globalThis.ahead = hours * 3_600_000; for (const run of globalThis.ticks.values()) run(); }";

    [Fact]
    public async Task The_browser_says_the_same_as_the_server()
    {
        var page = await OpenAsync(Demo.Developer);
        await GoLiveAsync(page, ConsoleUrls.Sessions);
        var said = await page.EvaluateAsync<string[]>("seconds => seconds.map(each => fc.relativeTime(each * 1000))", RelativeTimeTable.Rows.Select(row => row.Seconds).ToArray());
        Assert.Equal(RelativeTimeTable.Rows.Select(row => $"{row.Seconds}: {row.Text}"), RelativeTimeTable.Rows.Zip(said, (row, text) => $"{row.Seconds}: {text}"));
    }

    [Fact]
    public async Task Times_tick_beside_what_the_page_draws_anew_and_exact_times_stay()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Ticking");
        await UsedAsync(tenant, hoursAgo: 3);
        var page = await OpenWatchedAsync(tenant.Developer);
        await page.GoToTokensAsync();
        var used = page.Row("Ticking").Locator("time.fc-relative").First;
        await Assertions.Expect(used).ToHaveTextAsync("3 hours ago");
        await Assertions.Expect(used).ToHaveAttributeAsync("translate", "no");
        var exact = await page.Row("Ticking").Locator("time:not(.fc-relative)").AllInnerTextsAsync();

        await page.EvaluateAsync(Tick, 2);
        await Assertions.Expect(used).ToHaveTextAsync("5 hours ago");
        Assert.Equal(exact, await page.Row("Ticking").Locator("time:not(.fc-relative)").AllInnerTextsAsync());

        // The framework writes into the very node that ticked.
        await page.EvaluateAsync("() => globalThis.node = document.querySelector('time.fc-relative').firstChild");
        await UsedAsync(tenant, hoursAgo: 40);
        await tenant.AddTokenAsync("Another");
        await Assertions.Expect(used).ToHaveTextAsync("2 days ago");
        await page.EvaluateAsync(Tick, 24);
        await Assertions.Expect(used).ToHaveTextAsync("3 days ago");
        Assert.Equal(1, await page.EvaluateAsync<int>("() => globalThis.ticks.size"));
    }

    [Fact]
    public async Task A_hidden_page_does_not_tick_and_is_true_again_when_it_is_seen()
    {
        var page = await OpenWatchedAsync(Demo.Developer);
        await GoLiveAsync(page, ConsoleUrls.Sessions);
        var seen = page.Locator("time.fc-relative").First;
        await Assertions.Expect(seen).ToBeVisibleAsync();
        await SetHiddenAsync(page, true);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => globalThis.ticks.size"));
        await page.EvaluateAsync("() => globalThis.ahead = 10 * 86_400_000");
        await SetHiddenAsync(page, false);
        await Assertions.Expect(seen).ToHaveTextAsync("10 days ago");
        Assert.Equal(1, await page.EvaluateAsync<int>("() => globalThis.ticks.size"));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_by_hours_is_put_right_by_the_server_s()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Ticking");
        await UsedAsync(tenant, hoursAgo: 3);
        var page = await OpenAsync(tenant.Developer);
        await page.AddInitScriptAsync("const now = Date.now.bind(Date); Date.now = () => now() - 7 * 3_600_000;");
        await page.GoToTokensAsync();
        var used = page.Row("Ticking").Locator("time.fc-relative").First;
        await Assertions.Expect(used).ToHaveTextAsync("3 hours ago");
        await SetHiddenAsync(page, false);
        await Assertions.Expect(used).ToHaveTextAsync("3 hours ago");
    }

    private static Task UsedAsync(OwnTenant tenant, int hoursAgo) =>
        tenant.ChangeTokenAsync("Ticking", token => token.SetProperty(row => row.LastUsedAt, DateTimeOffset.UtcNow.AddHours(-hoursAgo)).SetProperty(row => row.LastUsedIp, "203.0.113.7"));

    private static Task SetHiddenAsync(IPage page, bool hidden) => page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, value: hidden }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);

    private async Task<IPage> OpenWatchedAsync(Person person)
    {
        var page = await OpenAsync(person);
        await page.AddInitScriptAsync($"({Record})()");
        return page;
    }
}
