using System.Diagnostics;
using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.Mfa;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.LoginHistory;

/// <summary>An attack as a reviewer sees it happen, and what they do about it.</summary>
public sealed class SprayTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_spray_and_its_hit_appear_on_the_open_page_with_their_reasons_and_not_me_shuts_the_intruder_out()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var developer = tenant.Developer;
        await tenant.SettleAsync(developer, Whereabouts.Office, 6);
        var reviewer = await OpenFreshAsync(tenant.Reviewer);
        await reviewer.GoToLoginsAsync();
        await Assertions.Expect(reviewer.GetByTestId("live")).ToBeVisibleAsync();

        var intruder = await OpenFromAsync(Whereabouts.Abroad);
        await SprayAsync(intruder, developer.Email[developer.Email.IndexOf('@', StringComparison.Ordinal)..]);
        await intruder.SignInAsync(developer);
        var clock = Stopwatch.StartNew();
        var hit = reviewer.Attempts().Filter(new() { HasText = developer.Email }).Filter(new() { HasText = Whereabouts.Abroad.Ip });
        await Assertions.Expect(hit.GetByTestId("risk")).ToContainTextAsync("High");
        Assert.True(clock.Elapsed < Promised, $"The hit appeared after {clock.Elapsed}.");

        await Assertions.Expect(hit).ToHaveAttributeAsync("data-suspicious", "true");
        await Assertions.Expect(hit.GetByTestId("reason")).ToHaveTextAsync(["New IP address", "New network", "New country", "New device", "Many accounts from this IP"]);
        await Assertions.Expect(hit.GetByTestId("risk").Locator("svg")).ToBeVisibleAsync();
        var tenth = reviewer.Attempt("guess10@");
        await Assertions.Expect(tenth).ToHaveAttributeAsync("data-suspicious", "true");
        await Assertions.Expect(tenth.GetByTestId("reason")).ToHaveTextAsync(["Many accounts from this IP"]);
        await Assertions.Expect(reviewer.Attempt("guess1@")).ToHaveAttributeAsync("data-suspicious", "false");

        await NotMeAsync(reviewer, hit, tenant, intruder);
        await ChooseNewPasswordAsync(developer, intruder);
    }

    private static async Task SprayAsync(IPage page, string domain)
    {
        await page.GotoAsync(ConsoleUrls.Login);
        for (var account = 1; account <= 10; account++)
        {
            await page.TrySignInAsync($"guess{account}{domain}", "Spring2026!");
            await Assertions.Expect(page.GetByText("don't match an account")).ToBeVisibleAsync();
            await page.GotoAsync(ConsoleUrls.Login);
        }
    }

    private async Task NotMeAsync(IPage reviewer, ILocator hit, OwnTenant tenant, IPage intruder)
    {
        await tenant.ForgetConfirmationsAsync();
        var drawer = await reviewer.OpenAttemptAsync(hit);
        await Assertions.Expect(drawer).ToContainTextAsync("First sign-in from Brazil.");
        await Assertions.Expect(drawer).ToContainTextAsync("10 accounts failed from this address within ten minutes.");
        Watch(intruder).ExpectLostConnection();
        await drawer.Button("Suspicious").ClickAsync();
        var dialog = reviewer.DialogNamed($"This was not {tenant.Developer.Name}");
        await Assertions.Expect(dialog).ToContainTextAsync("One session of the account is live.");
        await dialog.Button("Mark as suspicious").ClickAsync();
        await reviewer.ConfirmItsYouAsync(tenant.Reviewer);

        await Assertions.Expect(drawer.GetByTestId("said")).ToContainTextAsync("Suspicious");
        await Assertions.Expect(drawer).ToContainTextAsync("The owner was asked for a new password");
        await Assertions.Expect(intruder).ToHaveURLAsync(new Regex($"{ConsoleUrls.Login}\\?ended=1"));
        await Assertions.Expect(hit.GetByTestId("mark")).ToHaveTextAsync("Suspicious");
    }

    private async Task ChooseNewPasswordAsync(Person developer, IPage intruder)
    {
        await intruder.GotoAsync(ConsoleUrls.Login);
        await intruder.TrySignInAsync(developer.Email, developer.Password);
        await Assertions.Expect(intruder.GetByText("needs a new password")).ToBeVisibleAsync();

        const string New = "copper-meadow-lantern-93";
        var page = await OpenFromAsync(Whereabouts.Office);
        await page.GotoAsync((await Server.Mailbox.WaitForLinkAsync(developer.Email, Stop)).PathAndQuery);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(New);
        await page.Button("Set new password").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("reset=1"));
        await page.SignInAsync(developer with { Password = New });
    }
}
