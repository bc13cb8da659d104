using FinConsole.Core.Onboarding;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Account;

/// <summary>The first start, on an empty console of its own.</summary>
public sealed class SetupTests(SetupTests.EmptyServer server, Chromium chromium) : ConsoleTest(server, chromium), IClassFixture<SetupTests.EmptyServer>
{
    [Fact]
    public async Task The_printed_link_makes_the_first_tenant_whose_admin_signs_in()
    {
        // What the program printed is known to its console alone; asking again is what a restart does.
        var link = new Uri((await Server.Get<SetUpConsole>().IssueLinkAsync(Stop))!.Reveal()).PathAndQuery;
        foreach (var look in new[] { Look.Desktop, Look.Phone })
        {
            var shown = await OpenAsync(look: look);
            await shown.GotoAsync(link);
            await Looks.CheckAsync(shown, "setup", look, documented: true);
        }

        var page = await OpenAsync();
        await page.GotoAsync(link);
        await Assertions.Expect(page.GetByLabel("Tenant", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("First & Sons");
        await page.GetByLabel("Your name", new() { Exact = true }).FillAsync("Fay First");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync("fay@first.example");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("short");
        await page.Button("Create tenant").ClickAsync();
        await Assertions.Expect(page.GetByText("Use at least 15 characters")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Tenant", new() { Exact = true })).ToHaveValueAsync("First & Sons");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("sandalwood hop 91 quarry");
        await page.Button("Create tenant").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your console is ready.");

        await page.TrySignInAsync("fay@first.example", "sandalwood hop 91 quarry");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Overview" })).ToBeVisibleAsync();
        await page.GotoAsync(ConsoleUrls.Team);
        await Assertions.Expect(page.GetByTestId("member-row")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByText("It is only you so far")).ToBeVisibleAsync();

        var late = await OpenAsync();
        await late.GotoAsync(link);
        await Assertions.Expect(late.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This link no longer works");
    }

    /// <summary>A console without any tenant.</summary>
    public sealed class EmptyServer : ConsoleServer
    {
        protected override bool WithDemoData => false;
    }
}
