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
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);
    private static readonly Regex AtSignIn = new("/account/login\\?ended=1");
    // What passes by itself takes its minute; the rest is what a busy machine may need.
    private const float InTime = 180_000;

    [Fact]
    public async Task Ends_the_session_of_an_open_page_that_nobody_touches_although_rows_arrive_on_every_transport()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await using (var context = Server.Get<ConsoleDb>().Open(tenant.Id))
            await context.Set<Tenant>().Where(row => row.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SessionIdleMinutes, 1), Stop);

        var signingIn = Stopwatch.GetTimestamp();
        var pages = await Task.WhenAll(
            OpenLoginsAsync(tenant.Admin), OpenLoginsAsync(tenant.Admin, Chromium.WithoutWebSockets),
            OpenLoginsAsync(tenant.Reviewer), OpenLoginsAsync(tenant.Reviewer, Chromium.WithoutWebSockets));
        var (untouched, staying, scrolled) = (pages[..2], pages[2], pages[3]);
        var reports = 0;
        foreach (var page in untouched)
            page.Request += (_, request) => reports += request.Method == "POST" && request.Url.EndsWith(ConsoleUrls.SessionState, StringComparison.Ordinal) ? 1 : 0;
        var rows = await Task.WhenAll(untouched.Select(page => page.Attempts().CountAsync()));

        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var busy = Task.WhenAll(BringRowsAsync(tenant, over.Token), ScrollAsync(scrolled, over.Token));
        try
        {
            await Task.WhenAll([StayAsync(staying), .. untouched.Select((page, index) => WatchEndAsync(page, rows[index], signingIn))]);
        }
        finally
        {
            await over.CancelAsync();
            await busy;
        }

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

    // A row arrives, a warning, and the page is gone: not before its time, although nothing but the page itself was heard of.
    private static async Task WatchEndAsync(IPage page, int rows, long signingIn)
    {
        await Assertions.Expect(page.Attempts().Nth(rows)).ToBeAttachedAsync(new() { Timeout = InTime });
        await Assertions.Expect(page.DialogNamed(Warning)).ToBeVisibleAsync(new() { Timeout = InTime });
        await Assertions.Expect(page).ToHaveURLAsync(AtSignIn, new() { Timeout = InTime });
        Assert.True(Stopwatch.GetElapsedTime(signingIn) > Idle, $"It ended after {Stopwatch.GetElapsedTime(signingIn)}.");
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your session has ended");
    }

    private static async Task StayAsync(IPage page)
    {
        await Assertions.Expect(page.DialogNamed(Warning)).ToBeVisibleAsync(new() { Timeout = InTime });
        await page.Button("Stay signed in").ClickAsync();
        await Assertions.Expect(page.DialogNamed(Warning)).ToHaveCountAsync(0);
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
