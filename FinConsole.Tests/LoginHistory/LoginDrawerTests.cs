using Bunit;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.SignIn.FollowUps;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.LoginHistory;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>What the details of an attempt say, over the real use cases.</summary>
public sealed class LoginDrawerTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task An_attempt_with_a_replaced_token_names_it_and_its_successor_and_links_to_both()
    {
        var tenant = await core.NewTenantAsync();
        var old = (await core.MakeTokenAsync(tenant, "Ledger")).Token;
        var successor = (await core.RotateAsync(tenant, old.Id, TokenOverlap.None)).Token;
        var row = await PresentAsync(tenant, old);
        await using var console = WithFollowUps(tenant.Reviewer);

        var drawer = Open(console, row);

        Assert.Contains("Ledger", drawer.Find("[data-testid=login-token]").TextContent, StringComparison.Ordinal);
        Assert.Equal(LinkTo(old), drawer.Find("[data-testid=login-token] a").GetAttribute("href"));
        Assert.Contains(successor.Masked, drawer.Find("[data-testid=login-successor]").TextContent, StringComparison.Ordinal);
        Assert.Equal(LinkTo(successor), drawer.Find("[data-testid=login-successor] a").GetAttribute("href"));

        var found = await core.Get<FindApiTokens>().HandleAsync([old.Id], tenant.Reviewer.Actor, Stop);
        var line = console.Draw(LoginCells.Draw([row], found.Value!, tenant.Reviewer.Id, long.MaxValue, new UserClock(TimeZoneInfo.Utc, core.Time)));
        Assert.Equal([("Ledger", LinkTo(old)), (successor.Masked, LinkTo(successor))], line.FindAll(".who a").Select(link => (link.TextContent, link.GetAttribute("href")!)));
    }

    [Fact]
    public async Task A_token_that_nothing_replaced_is_said_to_be_so()
    {
        var tenant = await core.NewTenantAsync();
        var token = (await core.MakeTokenAsync(tenant, "Single")).Token;
        await core.TryInvalidateAsync(tenant, token.Id);
        var row = await PresentAsync(tenant, token);
        await using var console = WithFollowUps(tenant.Reviewer);

        Assert.Contains("Not replaced", Open(console, row).Find("[data-testid=login-successor]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marking_as_suspicious_can_do_without_what_follows_and_says_what_was_done()
    {
        var tenant = await core.NewTenantAsync();
        var row = await core.SignInAsync(tenant.Developer);
        var view = (await core.Get<GetLoginAttempt>().HandleAsync(row.Id, tenant.Reviewer.Actor, Stop)).Value!;
        await using var console = WithFollowUps(tenant.Reviewer);
        string? said = null;
        var dialog = console.Open<NotMeDialog>(new() { { each => each.Attempt, view } }, closed => said = closed?.Data as string);

        for (var box = 0; box < 2; box++)
            await dialog.FindAll("input[type=checkbox]")[box].ChangeAsync(new() { Value = false });
        await dialog.Find("form").SubmitAsync();

        dialog.WaitForAssertion(() => Assert.Equal("Marked: Suspicious.", said));
        Assert.Equal(LoginMark.NotMe, (await core.HistoryAsync(tenant.Id)).Single(each => each.Id == row.Id).Mark);
    }

    private async Task<LoginRow> PresentAsync(TestTenant tenant, TokenView token)
    {
        await core.Get<ReportRetiredToken>().HandleAsync(token.Id, TestTenants.Origin, Stop);
        return await core.EvaluatedAsync(tenant.Id);
    }

    private BrowserlessConsole WithFollowUps(TestMember member)
    {
        var console = new BrowserlessConsole(core, member);
        console.Services.AddSingleton(new LoginQueries(core.Get<ListLoginAttempts>(), core.Get<GetLoginAttempt>(), core.Get<FindApiTokens>()));
        console.Services.AddScoped(services => new LoginFollowUps(
            core.Get<MarkLoginAttempt>(), core.Get<EndSessionsOfAttempt>(), core.Get<DemandPasswordReset>(), services.GetRequiredService<StepUp>(), services.GetRequiredService<CurrentActor>()));
        return console;
    }

    private static IRenderedComponent<BrowserlessConsole.DialogHost> Open(BrowserlessConsole console, LoginRow row)
    {
        var address = new RowDrawer(console.Services.GetRequiredService<IDialogService>(), console.Services.GetRequiredService<NavigationManager>(), LoginListQuery.AttemptKey, () => [row.Id]);
        var drawer = console.Open<LoginDrawer>(new() { { each => each.AttemptId, row.Id }, { each => each.Address, address } });
        drawer.WaitForAssertion(() => drawer.Find("[data-testid=login-token]"));
        return drawer;
    }

    private static string LinkTo(TokenView token) => $"/settings/api-connections/tokens?q={token.Masked[..11]}&status=all";
}
