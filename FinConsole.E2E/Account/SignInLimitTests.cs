using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Account;

public sealed class SignInLimitTests(SignInLimitTests.LimitedServer server, Chromium chromium) : ConsoleTest(server, chromium), IClassFixture<SignInLimitTests.LimitedServer>
{
    private const int Limit = 3;

    [Fact]
    public async Task More_tries_from_one_address_than_the_limit_are_told_to_wait()
    {
        var page = await OpenAsync();
        Watch(page).Expect("answer 429");
        List<int> answers = [];
        page.Response += (_, answer) =>
        {
            if (answer.Request.Method == "POST")
                answers.Add(answer.Status);
        };

        // The minute may turn in between: then the count begins anew, once.
        for (var tries = 0; tries <= 2 * Limit && !answers.Contains(429); tries++)
        {
            await page.GotoAsync(ConsoleUrls.Login);
            await page.TrySignInAsync("nobody@nowhere.example", "not-anybodys-password");
            await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }

        Assert.Contains(429, answers);
        Assert.True(answers.Count > Limit);
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToContainTextAsync("Too many tries from your address");
    }

    /// <summary>A console of its own, with a limit that a test can reach.</summary>
    public sealed class LimitedServer : ConsoleServer
    {
        protected override bool WithDemoData => false;

        protected override int SignInsPerMinute => Limit;
    }
}
