using System.Diagnostics;
using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Hosting;

/// <summary>What the operator does on the command line while the console runs: a second process over the same database.</summary>
public sealed class OperatorTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private static readonly TimeSpan OnAnotherInstance = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Closing_a_tenant_cuts_off_its_open_pages_and_nobody_of_it_signs_in()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var neighbour = await OwnTenant.NewAsync(Server);
        var other = await OpenFreshAsync(neighbour.Developer);
        await other.GoToTokensAsync();
        var page = await OpenFreshAsync(tenant.Developer);
        await page.GoToTokensAsync();
        Watch(page).ExpectLostConnection();
        var left = new TaskCompletionSource<long>();
        page.Request += (_, request) =>
        {
            if (request.IsNavigationRequest && request.Url.Contains("/account/login", StringComparison.Ordinal))
                left.TrySetResult(Stopwatch.GetTimestamp());
        };

        var output = await Server.RunCommandAsync("tenant", "close", tenant.Name);
        var done = Stopwatch.GetTimestamp();

        Assert.Equal($"{tenant.Name} is closed: nobody signs in any more, and its tokens are refused. Open sessions ended: 1.", output.Trim());
        var took = Stopwatch.GetElapsedTime(done, await left.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop));
        Assert.True(took < OnAnotherInstance, $"It took {took.TotalMilliseconds:0} ms from the end of the command.");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account/login"));
        await page.TrySignInAsync(tenant.Developer.Email, tenant.Developer.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToContainTextAsync("don't match an account");
        await Assertions.Expect(other.Button("Create new token").First).ToBeVisibleAsync();
    }
}
