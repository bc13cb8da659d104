using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SavedViews;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.SavedViews;

public abstract class SavedViewTests(CoreHost core)
{
    private const string Failures = "q=result%3Afailure%20since%3A7d";

    [Fact]
    public async Task An_own_view_is_its_owner_s_alone_and_a_shared_one_is_everybody_s()
    {
        var tenant = await core.NewTenantAsync();
        await SaveAsync(tenant.Reviewer, "Failures", Failures);
        await SaveAsync(tenant.Admin, "Policy changes", "q=action%3Apolicy", shared: true);
        await SaveAsync(tenant.Admin, "By country", "country=brazil", list: SavedViewList.LoginHistory);

        Assert.Equal([("Failures", Failures, false), ("Policy changes", "q=action%3Apolicy", true)], Seen(await ListAsync(tenant.Reviewer)));
        Assert.Equal([("Policy changes", "q=action%3Apolicy", true)], Seen(await ListAsync(tenant.Admin)));
        Assert.Equal([("By country", "country=brazil", false)], Seen(await ListAsync(tenant.Admin, SavedViewList.LoginHistory)));
        Assert.Empty(await ListAsync((await core.NewTenantAsync()).Admin));
    }

    [Fact]
    public async Task Only_admins_share_and_change_what_is_shared()
    {
        var tenant = await core.NewTenantAsync();
        var shared = await SaveAsync(tenant.Admin, "Failures", Failures, shared: true);

        var refused = await core.Get<SaveView>().HandleAsync(new SaveViewRequest(SavedViewList.AuditLog, "Mine", Failures, Shared: true), tenant.Reviewer.Actor, Stop);
        Assert.Equal(ErrorKind.Forbidden, refused.Error?.Kind);
        var key = new SavedViewKey(shared, SavedViewList.AuditLog, Shared: true);
        Assert.Equal(ErrorKind.Forbidden, (await core.Get<EditSavedView>().HandleAsync(new EditSavedViewRequest(key, "Other"), tenant.Reviewer.Actor, Stop)).Error?.Kind);
        Assert.Equal(ErrorKind.Forbidden, (await core.Get<DeleteSavedView>().HandleAsync(key, tenant.Reviewer.Actor, Stop)).Error?.Kind);
        // Calling it one's own does not make it so.
        var claimed = key with { Shared = false };
        Assert.Equal(SavedViewErrors.NoSuchView, (await core.Get<DeleteSavedView>().HandleAsync(claimed, tenant.Reviewer.Actor, Stop)).Error);
        Assert.Equal(SavedViewErrors.NoSuchView, (await core.Get<EditSavedView>().HandleAsync(new EditSavedViewRequest(claimed, "Other"), tenant.Reviewer.Actor, Stop)).Error);
        Assert.Equal([("Failures", Failures, true)], Seen(await ListAsync(tenant.Reviewer)));
    }

    [Fact]
    public async Task Nobody_else_s_view_and_no_other_list_s_is_found_by_its_id()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var key = new SavedViewKey(await SaveAsync(tenant.Reviewer, "Failures", Failures), SavedViewList.AuditLog, Shared: false);

        foreach (var (asked, asker) in new[] { (key, tenant.Admin), (key, other.Reviewer), (key with { List = SavedViewList.LoginHistory }, tenant.Reviewer), (key with { Shared = true }, tenant.Admin) })
        {
            Assert.Equal(SavedViewErrors.NoSuchView, (await core.Get<DeleteSavedView>().HandleAsync(asked, asker.Actor, Stop)).Error);
            Assert.Equal(SavedViewErrors.NoSuchView, (await core.Get<EditSavedView>().HandleAsync(new EditSavedViewRequest(asked, "Other"), asker.Actor, Stop)).Error);
        }

        Assert.Equal([("Failures", Failures, false)], Seen(await ListAsync(tenant.Reviewer)));
    }

    [Fact]
    public async Task A_name_is_taken_once_an_owner_in_any_letter_case()
    {
        var tenant = await core.NewTenantAsync();
        await SaveAsync(tenant.Admin, "Failures", Failures);
        var second = await SaveAsync(tenant.Admin, "Other", Failures);

        var again = await TrySaveAsync(tenant.Admin, " FAILURES ", Failures);
        Assert.Equal("saved_view_name_taken", again.Error?.Code);
        Assert.Equal([nameof(SaveViewRequest.Name)], again.Error!.Fields.Keys);
        var renamed = await core.Get<EditSavedView>().HandleAsync(
            new EditSavedViewRequest(new SavedViewKey(second, SavedViewList.AuditLog, false), "failures"), tenant.Admin.Actor, Stop);
        Assert.Equal("saved_view_name_taken", renamed.Error?.Code);

        // Another owner's, the tenant's and another list's are others.
        await SaveAsync(tenant.Reviewer, "Failures", Failures);
        await SaveAsync(tenant.Admin, "Failures", Failures, shared: true);
        await SaveAsync(tenant.Admin, "Failures", "suspicious=1", list: SavedViewList.LoginHistory);
        Assert.Equal("saved_view_name_taken", (await TrySaveAsync(tenant.Admin, "failures", Failures, shared: true)).Error?.Code);
    }

    [Fact]
    public async Task Changes_of_a_shared_view_are_logged_with_the_filters_and_an_own_one_s_without()
    {
        var tenant = await core.NewTenantAsync();
        var id = Guid.Empty;

        var entries = await core.AuditOfAsync(tenant.Id, async () =>
        {
            id = await SaveAsync(tenant.Admin, "Failures", Failures, shared: true);
            var key = new SavedViewKey(id, SavedViewList.AuditLog, Shared: true);
            Assert.True((await core.Get<EditSavedView>().HandleAsync(new EditSavedViewRequest(key, "All failures", "q=result:failure"), tenant.Admin.Actor, Stop)).Succeeded);
            Assert.True((await core.Get<EditSavedView>().HandleAsync(new EditSavedViewRequest(key, "All failures"), tenant.Admin.Actor, Stop)).Succeeded);
            Assert.True((await core.Get<DeleteSavedView>().HandleAsync(key, tenant.Admin.Actor, Stop)).Succeeded);
            await SaveAsync(tenant.Admin, "Mine", Failures);
        });

        Assert.Equal(
            [
                (AuditAction.SavedViewCreate, "Failures", $$"""{"list":"AuditLog","shared":true,"query":"{{Failures}}"}"""),
                (AuditAction.SavedViewEdit, "All failures",
                    $$$$"""{"list":"AuditLog","shared":true,"changes":{"name":{"before":"Failures","after":"All failures"},"query":{"before":"{{{{Failures}}}}","after":"q=result%3Afailure"}}}"""),
                (AuditAction.SavedViewDelete, "All failures", """{"list":"AuditLog","shared":true,"query":"q=result%3Afailure"}"""),
                (AuditAction.SavedViewCreate, "Mine", """{"list":"AuditLog","shared":false}"""),
            ],
            entries.Select(entry => (entry.Action, entry.ResourceName, entry.Metadata)));
        Assert.All(entries.Take(3), entry => Assert.Equal((AuditResource.SavedView, id), (entry.Resource, entry.ResourceId)));
    }

    [Theory]
    [InlineData(SavedViewList.AuditLog, "")]
    [InlineData(SavedViewList.AuditLog, "q=")]
    [InlineData(SavedViewList.AuditLog, "entry=4")]
    [InlineData(SavedViewList.AuditLog, "q=a&before=b")]
    [InlineData(SavedViewList.AuditLog, "q=a&q=b")]
    [InlineData(SavedViewList.AuditLog, "q=nosuchfield%3Ax")]
    [InlineData(SavedViewList.AuditLog, "suspicious=1")]
    [InlineData(SavedViewList.LoginHistory, "q=a")]
    [InlineData(SavedViewList.LoginHistory, "attempt=7")]
    [InlineData(SavedViewList.LoginHistory, "account=%00")]
    [InlineData((SavedViewList)9, "q=a")]
    public async Task Filters_that_the_list_does_not_have_are_not_saved(SavedViewList list, string query)
    {
        var tenant = await core.NewTenantAsync();

        var saved = await TrySaveAsync(tenant.Admin, "View", query, list: list);

        Assert.Equal(ErrorKind.Invalid, saved.Error?.Kind);
        await using var db = core.Db.Open(tenant.Id);
        Assert.Equal(0, await db.Set<SavedView>().CountAsync(Stop));
    }

    [Fact]
    public async Task A_name_has_1_to_80_visible_characters_and_filters_their_bound()
    {
        var tenant = await core.NewTenantAsync();
        foreach (var name in new[] { "", " ", new string('n', 81), "a\u202Eb", "line\nbreak" })
            Assert.Contains(nameof(SaveViewRequest.Name), (await TrySaveAsync(tenant.Admin, name, Failures)).Error!.Fields.Keys);
        Assert.Contains(nameof(SaveViewRequest.Query), (await TrySaveAsync(tenant.Admin, "Long", $"account={new string('a', 4000)}", list: SavedViewList.LoginHistory)).Error!.Fields.Keys);

        await SaveAsync(tenant.Admin, new string('n', 80), Failures);
        await SaveAsync(tenant.Admin, "Long", $"account={new string('a', 3992)}", list: SavedViewList.LoginHistory);
    }

    [Fact]
    public async Task There_are_at_most_50_of_each_also_when_saved_at_once()
    {
        var tenant = await core.NewTenantAsync();
        await FillAsync(tenant, tenant.Admin.Id, 45);
        await FillAsync(tenant, owner: null, 50);

        var saved = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => TrySaveAsync(tenant.Admin, $"New {number}", Failures))));

        Assert.Equal(5, saved.Count(each => each.Succeeded));
        Assert.All(saved.Where(each => !each.Succeeded), each => Assert.Equal(SavedViewErrors.TooManyOwn, each.Error));
        Assert.Equal(SavedViewErrors.TooManyShared, (await TrySaveAsync(tenant.Admin, "One more", Failures, shared: true)).Error);
        Assert.Equal(100, (await ListAsync(tenant.Admin)).Count);
    }

    [Fact]
    public async Task Of_many_views_of_one_name_at_once_one_is_saved()
    {
        var tenant = await core.NewTenantAsync();

        var saved = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => TrySaveAsync(tenant.Admin, "Failures", Failures, shared: true))));

        Assert.Single(saved, each => each.Succeeded);
        Assert.All(saved.Where(each => !each.Succeeded), each => Assert.Equal("saved_view_name_taken", each.Error?.Code));
    }

    [Fact]
    public async Task The_database_itself_keeps_names_apart()
    {
        var tenant = await core.NewTenantAsync();
        await FillAsync(tenant, owner: null, 1);
        await FillAsync(tenant, tenant.Admin.Id, 1);

        await Assert.ThrowsAsync<DbUpdateException>(() => FillAsync(tenant, owner: null, 1));
        await Assert.ThrowsAsync<DbUpdateException>(() => FillAsync(tenant, tenant.Admin.Id, 1));
    }

    [Fact]
    public async Task A_member_s_own_views_go_with_the_member_and_shared_ones_stay()
    {
        var tenant = await core.NewTenantAsync();
        var second = await core.NewMemberAsync(tenant.Id, Role.TenantAdmin, $"second@{tenant.Id:N}.example");
        await SaveAsync(second, "Mine", Failures);
        await SaveAsync(second, "Ours", Failures, shared: true);

        await using var db = core.Db.Open(tenant.Id);
        await db.Set<MemberSession>().Where(session => session.MemberId == second.Id).ExecuteDeleteAsync(Stop);
        await db.Set<ConsoleUser>().Where(member => member.Id == second.Id).ExecuteDeleteAsync(Stop);

        Assert.Equal(["Ours"], await db.Set<SavedView>().Select(view => view.Name).ToListAsync(Stop));
    }

    private static IEnumerable<(string Name, string Query, bool Shared)> Seen(IReadOnlyList<SavedViewRow> rows) => rows.Select(row => (row.Name, row.Query, row.Shared));

    private async Task<IReadOnlyList<SavedViewRow>> ListAsync(TestMember member, SavedViewList list = SavedViewList.AuditLog) =>
        (await core.Get<ListSavedViews>().HandleAsync(list, member.Actor, Stop)).Value!;

    private Task<Result<Guid>> TrySaveAsync(TestMember member, string name, string query, bool shared = false, SavedViewList list = SavedViewList.AuditLog) =>
        core.Get<SaveView>().HandleAsync(new SaveViewRequest(list, name, query, shared), member.Actor, Stop);

    private async Task<Guid> SaveAsync(TestMember member, string name, string query, bool shared = false, SavedViewList list = SavedViewList.AuditLog)
    {
        var saved = await TrySaveAsync(member, name, query, shared, list);
        Assert.True(saved.Succeeded, saved.Error?.ToString());
        return saved.Value;
    }

    private async Task FillAsync(TestTenant tenant, Guid? owner, int count)
    {
        await using var db = core.Db.Open(tenant.Id);
        db.AddRange(Enumerable.Range(0, count).Select(number => new SavedView
        {
            Id = Guid.NewGuid(),
            TenantId = tenant.Id,
            List = SavedViewList.AuditLog,
            OwnerId = owner,
            Name = $"View {number}",
            NameKey = $"view {number}",
            Query = Failures,
            SavedBy = "somebody",
            SavedAt = core.Time.GetUtcNow(),
        }));
        await db.SaveChangesAsync(Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : SavedViewTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : SavedViewTests(core), IClassFixture<PostgreSqlCore>;
}
