using System.Text.RegularExpressions;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.SignIn;

/// <summary>
/// What the server says at a session's end is lost where no connection carries it just then. The page leaves all the same.
/// </summary>
public sealed class UnheardEndTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private static readonly Regex AtSignIn = new("/account/login\\?ended=1&returnUrl=");

    [Fact]
    public async Task A_page_whose_connection_was_lost_as_its_session_ended_is_at_sign_in_as_soon_as_it_comes_back()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Developer);
        IWebSocketRoute? line = null;
        await page.RouteWebSocketAsync(new Regex("_blazor"), route =>
        {
            line = route;
            route.ConnectToServer();
        });
        Watch(page).ExpectLostConnection();
        await GoLiveAsync(page, ConsoleUrls.Sessions);
        await page.Context.SetOfflineAsync(true);
        await line!.CloseAsync();
        await Assertions.Expect(page.GetByText("The connection was lost.")).ToBeVisibleAsync();

        await EndSessionsAsync(tenant);
        await page.Context.SetOfflineAsync(false);

        await ExpectSentAwayAsync(page);
    }

    [Fact]
    public async Task A_page_under_long_polling_whose_session_ends_between_two_polls_is_at_sign_in()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Developer);
        Watch(page).ExpectLostConnection();
        Watch(page).Expect("Long Polling");
        var (held, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holding = false;
        await page.AddInitScriptAsync(Chromium.WithoutWebSockets);
        await page.RouteAsync(new Regex("_blazor\\?id="), async route =>
        {
            if (holding && route.Request.Method == "GET")
            {
                held.TrySetResult();
                await over.Task;
            }

            await route.ContinueAsync();
        });
        await GoLiveAsync(page, ConsoleUrls.Sessions);
        holding = true;
        // The answer to the press ends the poll that is under way.
        await page.Button("End all other sessions").ClickAsync();
        await held.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);

        await EndSessionsAsync(tenant);
        over.SetResult();

        await ExpectSentAwayAsync(page);
    }

    [Fact]
    public async Task A_page_that_could_not_connect_says_so_and_is_at_sign_in_once_its_session_ends()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Developer);
        Watch(page).ExpectLostConnection();
        Watch(page).Expect("Circuit host not initialized");
        await page.RouteAsync(new Regex("_blazor/negotiate"), route => route.AbortAsync("connectionrefused"));
        await page.GotoAsync(ConsoleUrls.Sessions);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This page stopped working.");

        await EndSessionsAsync(tenant);

        await ExpectSentAwayAsync(page);
    }

    private static async Task ExpectSentAwayAsync(IPage page)
    {
        await Assertions.Expect(page).ToHaveURLAsync(AtSignIn);
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your session has ended");
    }

    // Announced to nobody, as when a session idles out.
    private async Task EndSessionsAsync(OwnTenant tenant)
    {
        await using var context = Server.Get<ConsoleDb>().Open(tenant.Id);
        await context.Set<MemberSession>().ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, DateTimeOffset.UtcNow), Stop);
    }
}
