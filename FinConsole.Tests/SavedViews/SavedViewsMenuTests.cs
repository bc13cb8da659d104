using Bunit;
using FinConsole.Core.SavedViews;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.LoginHistory;
using FinConsole.Web.SavedViews;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SavedViews;

public sealed class SavedViewsMenuTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Views_are_links_to_their_filters_and_the_one_in_force_is_named_on_the_button()
    {
        var tenant = await core.NewTenantAsync();
        await SaveAsync(tenant.Reviewer, "Suspicious", "suspicious=1");
        await SaveAsync(tenant.Admin, "From Brazil", "country=brazil", shared: true);
        await using var console = Console(tenant.Reviewer);

        var menu = Show(console, "country=brazil");

        Assert.Equal(["/security/logins?suspicious=1", "/security/logins?country=brazil"], menu.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["Your views", "Shared with the tenant"], menu.FindAll("h2").Select(heading => heading.TextContent));
        Assert.Equal("From Brazil", menu.Find("[aria-current]").TextContent.Trim());
        Assert.Equal("Views: From Brazil", menu.Find("[popovertarget]").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task A_filter_that_no_longer_exists_is_said_at_its_view()
    {
        var tenant = await core.NewTenantAsync();
        await using (var db = core.Db.Open(tenant.Id))
        {
            db.Add(new SavedView
            {
                Id = Guid.NewGuid(),
                TenantId = tenant.Id,
                List = SavedViewList.LoginHistory,
                OwnerId = null,
                Name = "Old",
                NameKey = "old",
                Query = "colour=red&outcome=vanished&suspicious=1",
                SavedBy = "somebody",
                SavedAt = core.Time.GetUtcNow(),
            });
            await db.SaveChangesAsync(Stop);
        }

        await using var console = Console(tenant.Reviewer);

        Assert.Equal(
            ["No longer a filter: colour \"red\"", "No longer a filter: outcome \"vanished\""],
            Show(console, "").FindAll(".fc-panel-fault").Select(fault => fault.TextContent));
    }

    [Fact]
    public async Task Without_filters_or_with_those_of_a_view_there_is_nothing_to_save()
    {
        var tenant = await core.NewTenantAsync();
        await SaveAsync(tenant.Reviewer, "Suspicious", "suspicious=1");
        await using var console = Console(tenant.Reviewer);

        Assert.True(Show(console, "").Find(".fc-panel-foot button").HasAttribute("disabled"));
        Assert.True(Show(console, "suspicious=1").Find(".fc-panel-foot button").HasAttribute("disabled"));
        Assert.False(Show(console, "country=brazil").Find(".fc-panel-foot button").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Saving_takes_a_name_says_why_one_is_refused_and_offers_sharing_to_admins_alone()
    {
        var tenant = await core.NewTenantAsync();
        await SaveAsync(tenant.Reviewer, "Suspicious", "suspicious=1");
        await using var console = Console(tenant.Reviewer);
        var dialog = console.Open<SaveViewDialog>(new() { { each => each.Shown, Viewed("country=brazil") } });

        await dialog.WaitForElement("#view-name", Patience).ChangeAsync(new() { Value = "suspicious" });
        await dialog.Find("form").SubmitAsync();
        dialog.WaitForAssertion(() => Assert.Equal("You already have a view with this name.", dialog.Find("#view-name-error").TextContent), Patience);
        Assert.Empty(dialog.FindAll("input[type=checkbox]"));

        await dialog.Find("#view-name").ChangeAsync(new() { Value = "From Brazil" });
        await dialog.Find("form").SubmitAsync();
        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll("#view-name")), Patience);
        Assert.Contains("From Brazil", (await core.Get<ListSavedViews>().HandleAsync(SavedViewList.LoginHistory, tenant.Reviewer.Actor, Stop)).Value!.Select(view => view.Name));

        await using var admin = Console(tenant.Admin);
        var shared = admin.Open<SaveViewDialog>(new() { { each => each.Shown, Viewed("country=brazil") }, { each => each.MayShare, true } });
        Assert.NotNull(shared.WaitForElement("input[type=checkbox]", Patience));
    }

    [Fact]
    public async Task A_reviewer_manages_own_views_and_reads_shared_ones()
    {
        var tenant = await core.NewTenantAsync();
        await SaveAsync(tenant.Reviewer, "Suspicious", "suspicious=1");
        await SaveAsync(tenant.Admin, "From Brazil", "country=brazil", shared: true);
        await using var console = Console(tenant.Reviewer);
        var views = (await core.Get<ListSavedViews>().HandleAsync(SavedViewList.LoginHistory, tenant.Reviewer.Actor, Stop)).Value!;
        var dialog = console.Open<ManageViewsDialog>(new() { { each => each.Shown, Viewed("account=ann") }, { each => each.Views, views } });

        dialog.WaitForAssertion(() => Assert.Equal(2, dialog.FindAll("[data-testid=saved-view]").Count), Patience);
        Assert.Equal(
            ["Replace the filters of Suspicious with the current ones", "Rename Suspicious", "Delete Suspicious"],
            dialog.FindAll("[data-testid=saved-view] button").Select(button => button.GetAttribute("aria-label")));

        dialog.Find("[aria-label='Delete Suspicious']").Click();
        dialog.WaitForElement("form", Patience);
        await dialog.Find("form").SubmitAsync();
        dialog.WaitForAssertion(() => Assert.Equal("From Brazil", Assert.Single(dialog.FindAll("[data-testid=saved-view] .fc-strong")).TextContent), Patience);
    }

    private BrowserlessConsole Console(TestMember member)
    {
        var console = new BrowserlessConsole(core, member);
        console.Services.AddSingleton(new SavedViewCommands(core.Get<ListSavedViews>(), core.Get<SaveView>(), core.Get<EditSavedView>(), core.Get<DeleteSavedView>()));
        return console;
    }

    private static IRenderedComponent<SavedViewsMenu> Show(BrowserlessConsole console, string query) =>
        console.Show<SavedViewsMenu>(parameters => parameters.Add(menu => menu.Shown, Viewed(query)));

    private static ViewedList Viewed(string query) => new(SavedViewList.LoginHistory, "/security/logins", query, LoginListQuery.FaultOf);

    private async Task SaveAsync(TestMember member, string name, string query, bool shared = false) =>
        Assert.True((await core.Get<SaveView>().HandleAsync(new SaveViewRequest(SavedViewList.LoginHistory, name, query, shared), member.Actor, Stop)).Succeeded);
}
