using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

public sealed class NavigationTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task On_a_phone_the_navigation_is_a_drawer()
    {
        var page = await OpenAsync(Demo.Admin, Look.Phone);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        var link = page.GetByRole(AriaRole.Navigation, new() { Name = "Console" }).GetByRole(AriaRole.Link, new() { Name = "API connections" });
        await Assertions.Expect(link).Not.ToBeVisibleAsync();
        await page.Button("Open navigation").ClickAsync();
        await Assertions.Expect(page.Button("Open navigation")).ToHaveAttributeAsync("aria-expanded", "true");
        await link.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("API Connections");
        await Assertions.Expect(link).Not.ToBeVisibleAsync();

        await page.Button("Open navigation").ClickAsync();
        await Assertions.Expect(link).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(link).Not.ToBeVisibleAsync();
        await Assertions.Expect(page.Button("Open navigation")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_tabs_lead_from_tokens_to_encryption_keys_and_back()
    {
        var page = await OpenAsync(Demo.Developer);
        await page.GoToTokensAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Encryption Keys" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(ConsoleUrls.EncryptionKeys));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("API Connections");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "API connections", Exact = true })).ToHaveAttributeAsync("aria-current", "page");
        await page.GetByRole(AriaRole.Link, new() { Name = "API Tokens" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("token-row").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_tab_that_a_role_may_not_open_is_not_offered()
    {
        var page = await OpenAsync(Demo.Reviewer);
        await page.GoToTokensAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "API Tokens" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Encryption Keys" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_says_so_inside_and_outside()
    {
        // Who is not signed in is not even told which addresses there are.
        var outside = await OpenAsync();
        await outside.GotoAsync("/no-such-page");
        await Assertions.Expect(outside).ToHaveURLAsync(new Regex(ConsoleUrls.Login));
        Watch(outside).Expect("answer 404");
        await outside.TrySignInAsync(Demo.Developer.Email, Demo.Developer.Password);
        await Assertions.Expect(outside.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This page isn't here");
        await Accessibility.CheckAsync(outside);

        var inside = await OpenAsync(Demo.Admin);
        await GoLiveAsync(inside, ConsoleUrls.Overview);
        await inside.EvaluateAsync("() => Blazor.navigateTo('/no-such-page')");
        await Assertions.Expect(inside.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Page not found");
        await Accessibility.CheckAsync(inside);
        await inside.GetByRole(AriaRole.Link, new() { Name = "Back to the overview" }).ClickAsync();
        await Assertions.Expect(inside.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
    }

    [Fact]
    public async Task The_error_page_speaks_plainly_and_gives_a_reference()
    {
        var page = await OpenAsync();
        Watch(page).Expect("answer 5");
        await page.GotoAsync(ConsoleUrls.Error);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Something went wrong");
        await Assertions.Expect(page.GetByText(new Regex("Reference: [0-9a-f]{32}"))).ToBeVisibleAsync();
        Assert.DoesNotContain("Exception", await page.ContentAsync(), StringComparison.Ordinal);
        await Accessibility.CheckAsync(page);
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_comes_back_by_itself()
    {
        var page = await OpenAsync(Demo.Developer);
        IWebSocketRoute? line = null;
        await page.RouteWebSocketAsync(new Regex("_blazor"), route =>
        {
            line = route;
            route.ConnectToServer();
        });
        Watch(page).ExpectLostConnection();
        await page.GoToTokensAsync();
        await Assertions.Expect(page.GetByTestId("token-row").First).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(true);
        await line!.CloseAsync();
        await Assertions.Expect(page.GetByText("The connection was lost.")).ToBeVisibleAsync();
        await Accessibility.CheckAsync(page);

        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.GetByText("The connection was lost.")).Not.ToBeVisibleAsync();
        await page.Button("Identify a token").ClickAsync();
        await Assertions.Expect(page.DialogNamed("Identify a token")).ToBeVisibleAsync();
    }
}
