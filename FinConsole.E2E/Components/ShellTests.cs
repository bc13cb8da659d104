using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using FinConsole.Web.Components.Layout;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

/// <summary>From a page's first paint until its circuit has taken over.</summary>
public sealed class ShellTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    // Where the heading is in each frame, once there is one.
    private const string WatchHeading =
        """
        globalThis.headings = [];
        const look = () => {
          const heading = document.querySelector('h1');
          if (heading || headings.length > 0) {
            const box = heading?.getBoundingClientRect();
            const now = heading ? `${heading.textContent} at ${Math.round(box.left)},${Math.round(box.top)}` : 'none';
            if (headings.at(-1) !== now) headings.push(now);
          }
          requestAnimationFrame(look);
        };
        look();
        """;

    public static TheoryData<string, int> PagesAndWidths() => Looks.Of(ConsolePages.Groups.SelectMany(group => group.Pages).Select(page => page.Url));

    [Theory]
    [MemberData(nameof(PagesAndWidths))]
    public async Task The_heading_neither_moves_nor_vanishes(string url, int width)
    {
        var page = await OpenAsync(Demo.Admin, Look.Of(width, "light"));
        await page.AddInitScriptAsync(WatchHeading);
        var circuit = await HoldCircuitAsync(page);
        await page.GotoAsync(url);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        circuit.SetResult();
        await page.WaitForFunctionAsync(Chromium.PageIsLive);

        Assert.Single(await page.EvaluateAsync<string[]>("() => globalThis.headings"));
    }

    [Fact]
    public async Task A_page_whose_circuit_never_connects_says_so_and_leads_to_signing_out()
    {
        var page = await OpenAsync(Demo.Admin);
        Watch(page).ExpectLostConnection();
        Watch(page).Expect("403");
        await page.RouteAsync("**/_blazor/negotiate*", route => route.FulfillAsync(new() { Status = 403 }));

        await page.GotoAsync(ConsoleUrls.Overview);

        var alert = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "This page stopped working." });
        await alert.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"{ConsoleUrls.Logout}$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_focus_stays_where_it_was_when_the_circuit_takes_over()
    {
        var page = await OpenAsync(Demo.Admin);
        var circuit = await HoldCircuitAsync(page);
        await page.GotoAsync(ConsoleUrls.Tokens);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        var link = page.GetByRole(AriaRole.Navigation, new() { Name = "Console" }).GetByRole(AriaRole.Link, new() { Name = "Team" });
        await page.TabToAsync(link);

        circuit.SetResult();
        await page.WaitForFunctionAsync(Chromium.PageIsLive);

        await Assertions.Expect(link).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Team");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_answers_to_nothing_yet_cannot_be_reached()
    {
        var page = await OpenAsync(Demo.Admin);
        var circuit = await HoldCircuitAsync(page);
        await page.GotoAsync(ConsoleUrls.Tokens);
        var reached = new List<string>();
        for (var press = 0; press < 40; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("() => document.activeElement.closest('main') ? document.activeElement.textContent.trim() : ''"));
        }

        Assert.Contains("Encryption Keys", reached);
        Assert.DoesNotContain("Create new token", reached);

        circuit.SetResult();
        await page.Button("Create new token").ClickAsync();
        await Assertions.Expect(page.DialogNamed("Create new token")).ToBeVisibleAsync();
    }

    // The page's script asks for its circuit, and hears nothing before the test allows it.
    private static async Task<TaskCompletionSource> HoldCircuitAsync(IPage page)
    {
        var allowed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stop = Stop;
        await page.RouteAsync("**/_blazor/negotiate*", async route =>
        {
            await allowed.Task.WaitAsync(stop);
            await route.ContinueAsync();
        });
        return allowed;
    }
}
