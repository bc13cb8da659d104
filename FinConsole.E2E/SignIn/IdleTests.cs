using System.Diagnostics;
using System.Text.RegularExpressions;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.LoginHistory;
using FinConsole.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.SignIn;

/// <summary>Idleness in real browsers and real time, by a limit of one minute, which is shorter than a tenant may choose.</summary>
public sealed class IdleTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private const string Warning = "Are you still there?";
    private const string WithoutWebSockets = "delete globalThis.WebSocket; delete globalThis.EventSource;";
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);
    private static readonly Regex AtSignIn = new("/account/login\\?ended=1");
    private static readonly LocatorAssertionsToBeVisibleOptions WarnedInTime = new() { Timeout = 120_000 };
    private static readonly PageAssertionsToHaveURLOptions LeftInTime = new() { Timeout = 120_000 };

    // Not reliable yet: once, an untouched page was warned and still stood after two minutes. The cause is not known.
    [Fact]
    [Trait("Category", "Long")]
    public async Task Ends_the_session_of_an_open_page_that_nobody_touches_although_rows_arrive_on_every_transport()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await using (var context = Server.Get<ConsoleDb>().Open(tenant.Id))
            await context.Set<Tenant>().Where(row => row.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SessionIdleMinutes, 1), Stop);

        var signingIn = Stopwatch.GetTimestamp();
        var pages = await Task.WhenAll(
            OpenLoginsAsync(tenant.Admin), OpenLoginsAsync(tenant.Admin, WithoutWebSockets), OpenLoginsAsync(tenant.Reviewer, WithoutWebSockets), OpenLoginsAsync(tenant.Reviewer));
        var (socket, polling, scrolled, staying) = (pages[0], pages[1], pages[2], pages[3]);
        var reports = 0;
        foreach (var untouched in new[] { socket, polling })
            untouched.Request += (_, request) => reports += request.Method == "POST" && request.Url.EndsWith(ConsoleUrls.SessionState, StringComparison.Ordinal) ? 1 : 0;
        var rows = await Task.WhenAll(new[] { socket, polling }.Select(page => page.Attempts().CountAsync()));

        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var busy = Task.WhenAll(BringRowsAsync(tenant, over.Token), ScrollAsync(scrolled, over.Token));
        var ended = new[] { socket, polling }.Select((page, index) => WatchEndAsync(page, rows[index], signingIn)).ToList();
        await Assertions.Expect(staying.DialogNamed(Warning)).ToBeVisibleAsync(WarnedInTime);
        await staying.Button("Stay signed in").ClickAsync();
        await Assertions.Expect(staying.DialogNamed(Warning)).ToHaveCountAsync(0);
        await Task.WhenAll(ended);
        await over.CancelAsync();
        await busy;

        Assert.Equal(0, reports);
        foreach (var used in new[] { scrolled, staying })
        {
            Assert.EndsWith(ConsoleUrls.Logins, used.Url, StringComparison.Ordinal);
            Assert.Equal(200, (await used.Context.APIRequest.GetAsync(ConsoleUrls.SessionState)).Status);
        }
    }

    private async Task<IPage> OpenLoginsAsync(Person person, string? script = null)
    {
        var page = await OpenFreshAsync(person);
        Watch(page).ExpectLostConnection();
        Watch(page).Expect("Long Polling");
        if (script is not null)
            await page.AddInitScriptAsync(script);
        await page.GoToLoginsAsync();
        return page;
    }

    // Warned, and then gone: not before its time, although nothing but the page itself was heard of, and with rows that arrived meanwhile.
    private static async Task WatchEndAsync(IPage page, int rows, long signingIn)
    {
        await Assertions.Expect(page.DialogNamed(Warning)).ToBeVisibleAsync(WarnedInTime);
        Assert.True(await page.Attempts().CountAsync() > rows, "No row arrived.");
        await Assertions.Expect(page).ToHaveURLAsync(AtSignIn, LeftInTime);
        Assert.True(Stopwatch.GetElapsedTime(signingIn) > Idle, $"It ended after {Stopwatch.GetElapsedTime(signingIn)}.");
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your session has ended");
    }

    // Each try to sign in is a row on all open pages of login history.
    private async Task BringRowsAsync(OwnTenant tenant, CancellationToken over)
    {
        var page = await OpenAsync();
        using var timer = new PeriodicTimer(Between);
        while (await NextAsync(timer, over))
        {
            await page.Context.ClearCookiesAsync();
            await page.Context.SignInAsync(tenant.Cashier);
        }
    }

    private static async Task ScrollAsync(IPage page, CancellationToken over)
    {
        using var timer = new PeriodicTimer(Between);
        while (await NextAsync(timer, over))
            await page.Mouse.WheelAsync(0, 10);
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken over)
    {
        try
        {
            return await timer.WaitForNextTickAsync(over);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
