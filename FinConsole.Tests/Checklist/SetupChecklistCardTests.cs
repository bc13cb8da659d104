using Bunit;
using FinConsole.Core.Checklist;
using FinConsole.Core.Data.Changes;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Overview;
using Xunit;

namespace FinConsole.Tests.Checklist;

public sealed class SetupChecklistCardTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_step_leads_to_its_action_and_says_whether_it_is_done()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Admin);
        var card = Show(console, new SetupChecklist(HasMfa: true, HasMember: false, HasToken: false, HasKey: true, Dismissed: false));

        Assert.Equal(["/account/mfa", "/team?do=invite", "/settings/api-connections/tokens?do=create", "/settings/api-connections/keys"], card.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("2 of 4 done", card.Find("[role=status]").TextContent);
        Assert.Equal([true, false, false, true], card.FindAll("li").Select(step => step.TextContent.Contains("Done", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_step_ticks_by_itself_and_the_last_one_takes_the_card_away()
    {
        var tenant = await core.NewTenantAsync();
        await using var console = new BrowserlessConsole(core, tenant.Admin);
        var card = Show(console, new SetupChecklist(HasMfa: false, HasMember: true, HasToken: false, HasKey: false, Dismissed: false));

        await ChangeAsync(() => core.MakeTokenAsync(tenant));
        card.WaitForAssertion(() => Assert.Equal("2 of 4 done", card.Find("[role=status]").TextContent), Patience);

        await using var whole = new BrowserlessConsole(core, tenant.Admin);
        var dismissed = Show(whole, new SetupChecklist(HasMfa: false, HasMember: true, HasToken: true, HasKey: false, Dismissed: false));
        await ChangeAsync(async () => await core.Get<DismissSetupChecklist>().HandleAsync(await core.NewSessionAsync(tenant.Admin), Stop));
        dismissed.WaitForAssertion(() => Assert.Empty(dismissed.Markup.Trim()), Patience);
        card.WaitForAssertion(() => Assert.Empty(card.Markup.Trim()), Patience);
    }

    [Fact]
    public async Task Dismissing_takes_it_away_and_leads_the_focus_to_the_heading()
    {
        var tenant = await core.NewTenantAsync();
        await using var console = new BrowserlessConsole(core, tenant.Admin);
        var card = Show(console, new SetupChecklist(HasMfa: false, HasMember: true, HasToken: false, HasKey: true, Dismissed: false));

        await card.Find("button").ClickAsync(new());

        card.WaitForAssertion(() => Assert.Empty(card.Markup.Trim()), Patience);
        Assert.True((await core.Get<GetSetupChecklist>().HandleAsync(tenant.Admin.Actor, Stop)).Value!.Dismissed);
        Assert.Contains(console.JSInterop.Invocations, call => call.Identifier == "fc.focusHeading");
    }

    [Fact]
    public async Task A_refusal_leaves_it_with_its_reason()
    {
        var tenant = await core.NewTenantAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var card = Show(console, new SetupChecklist(HasMfa: false, HasMember: true, HasToken: false, HasKey: true, Dismissed: false));

        await card.Find("button").ClickAsync(new());

        card.WaitForAssertion(() => Assert.NotEmpty(card.Find("[role=alert]").TextContent.Trim()), Patience);
        Assert.Equal(4, card.FindAll("li").Count);
    }

    private static IRenderedComponent<SetupChecklistCard> Show(BrowserlessConsole console, SetupChecklist checklist) =>
        console.Show<SetupChecklistCard>(parameters => parameters.Add(each => each.Checklist, checklist));

    private async Task ChangeAsync(Func<Task> change)
    {
        var feed = core.Get<ChangeFeed>();
        await feed.StartFromHereAsync(Stop);
        await change();
        await feed.CatchUpAsync(Stop);
    }
}
