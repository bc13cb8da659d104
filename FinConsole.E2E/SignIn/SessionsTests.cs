using System.Diagnostics;
using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.SignIn;

public sealed class SessionsTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private const string Device = "Chrome on Linux";
    private static readonly Regex AtSignIn = new("/account/login");
    private static readonly TimeSpan CutOffWithin = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_session_ended_on_another_device_is_at_sign_in_within_a_second_and_cannot_come_back()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var first = await OpenFreshAsync(tenant.Developer);
        await first.GoToTokensAsync();
        Watch(first).ExpectLostConnection();
        var left = new TaskCompletionSource<long>();
        first.Request += (_, request) =>
        {
            if (request.IsNavigationRequest && AtSignIn.IsMatch(request.Url))
                left.TrySetResult(Stopwatch.GetTimestamp());
        };

        var second = await OpenFreshAsync(tenant.Developer);
        await GoLiveAsync(second, ConsoleUrls.Sessions);
        await Assertions.Expect(second.GetByTestId("session-row")).ToHaveCountAsync(2);
        await Accessibility.CheckAsync(second);
        await second.Button($"End session on {Device}").ClickAsync();
        var ended = Stopwatch.GetTimestamp();
        await second.DialogNamed($"End the session on {Device}").Button("End session").DblClickAsync();

        var took = Stopwatch.GetElapsedTime(ended, await left.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop));
        Assert.True(took < CutOffWithin, $"It took {took.TotalMilliseconds:0} ms from the press of the button.");
        await Assertions.Expect(second.GetByTestId("session-row")).ToHaveCountAsync(1);

        await Assertions.Expect(first.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your session has ended");
        await first.GotoAsync(ConsoleUrls.Tokens);
        await Assertions.Expect(first).ToHaveURLAsync(AtSignIn);
        await Assertions.Expect(first.GetByTestId("token-row")).ToHaveCountAsync(0);

        // Signing in again leads back to where one was.
        await first.TrySignInAsync(tenant.Developer.Email, tenant.Developer.Password);
        await Assertions.Expect(first).ToHaveURLAsync(new Uri(Server.Address, ConsoleUrls.Tokens).ToString());
    }

    [Fact]
    public async Task All_other_sessions_end_at_once_and_this_one_goes_on()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var others = new[] { await OpenFreshAsync(tenant.Reviewer), await OpenFreshAsync(tenant.Reviewer) };
        foreach (var other in others)
        {
            await other.GoToTokensAsync();
            Watch(other).ExpectLostConnection();
        }

        var mine = await OpenFreshAsync(tenant.Reviewer);
        await GoLiveAsync(mine, ConsoleUrls.Sessions);
        await Assertions.Expect(mine.GetByTestId("session-row")).ToHaveCountAsync(3);
        await mine.Button("End all other sessions").ClickAsync();
        await mine.DialogNamed("End all other sessions").Button("End all other sessions").ClickAsync();
        foreach (var other in others)
            await Assertions.Expect(other).ToHaveURLAsync(AtSignIn);
        await Assertions.Expect(mine.GetByTestId("session-row")).ToHaveCountAsync(1);
        await mine.ReloadAsync();
        await Assertions.Expect(mine.GetByTestId("session-row")).ToContainTextAsync(["This device"]);
    }

    [Fact]
    public async Task A_session_of_another_person_is_not_listed()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await OpenFreshAsync(tenant.Admin);
        var page = await OpenFreshAsync(tenant.Developer);
        await GoLiveAsync(page, ConsoleUrls.Sessions);
        await Assertions.Expect(page.GetByTestId("session-row")).ToHaveCountAsync(1);
    }
}
