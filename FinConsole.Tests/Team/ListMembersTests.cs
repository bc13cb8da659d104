using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Team;

public abstract class ListMembersTests(CoreHost core)
{
    [Fact]
    public async Task Shows_everybody_of_the_tenant_and_nobody_else()
    {
        var (tenant, _) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await core.ChangeAsync(tenant.Developer, row => (row.TwoFactorEnabled, row.LastSignInAt) = (true, core.Time.GetUtcNow()));
        await core.ChangeAsync(tenant.Reviewer, row => row.DeactivatedAt = core.Time.GetUtcNow());
        var now = core.Time.GetUtcNow();

        Assert.Equal(
            [
                new MemberView(tenant.Cashier.Id, tenant.Cashier.Name, tenant.Cashier.Email, Role.Cashier, HasMfa: false, null, now, null, Self: false, LastAdmin: false),
                new MemberView(tenant.Developer.Id, tenant.Developer.Name, tenant.Developer.Email, Role.Developer, HasMfa: true, now, now, null, Self: false, LastAdmin: false),
                new MemberView(tenant.Reviewer.Id, tenant.Reviewer.Name, tenant.Reviewer.Email, Role.SecurityReviewer, HasMfa: false, null, now, now, Self: false, LastAdmin: false),
                new MemberView(tenant.Admin.Id, tenant.Admin.Name, tenant.Admin.Email, Role.TenantAdmin, HasMfa: false, null, now, null, Self: true, LastAdmin: true),
            ],
            await ListAsync(tenant, new MemberFilter()));
    }

    [Fact]
    public async Task Only_the_single_active_admin_is_the_last()
    {
        var tenant = await core.NewTenantAsync();
        var second = await core.NewMemberAsync(tenant.Id, Role.TenantAdmin, $"second@{tenant.Id:N}.example");
        Assert.DoesNotContain(await ListAsync(tenant, new MemberFilter()), member => member.LastAdmin);

        await core.ChangeAsync(second, row => row.DeactivatedAt = core.Time.GetUtcNow());
        Assert.Equal(tenant.Admin.Id, Assert.Single(await ListAsync(tenant, new MemberFilter()), member => member.LastAdmin).Id);
    }

    [Fact]
    public async Task Filters_by_role_and_status()
    {
        var tenant = await core.NewTenantAsync();
        await core.ChangeAsync(tenant.Developer, row => row.TwoFactorEnabled = true);
        await core.ChangeAsync(tenant.Reviewer, row => row.DeactivatedAt = core.Time.GetUtcNow());

        Assert.Equal([tenant.Cashier.Id], await IdsAsync(tenant, new MemberFilter(Role: Role.Cashier)));
        Assert.Equal([tenant.Reviewer.Id], await IdsAsync(tenant, new MemberFilter(Status: MemberStatus.Deactivated)));
        Assert.Equal([tenant.Cashier.Id, tenant.Developer.Id, tenant.Admin.Id], await IdsAsync(tenant, new MemberFilter(Status: MemberStatus.Active)));
        Assert.Equal([tenant.Cashier.Id, tenant.Admin.Id], await IdsAsync(tenant, new MemberFilter(Status: MemberStatus.WithoutMfa)));
        Assert.Equal(new TeamCounts(Active: 3, Admins: 1, WithoutMfa: 2, Deactivated: 1, Pending: 0, Expired: 0), await core.CountTeamAsync(tenant));
    }

    [Theory]
    [InlineData("ines", true)]
    [InlineData("INÊS", true)]
    [InlineData("  ferreira ", true)]
    [InlineData("ÉLODIE", true)]
    [InlineData("100%_", true)]
    [InlineData("%", true)]
    [InlineData("' OR 1=1 --", false)]
    [InlineData("nobody of that name", false)]
    [InlineData("\0", false)]
    public async Task Finds_by_any_part_of_name_or_address(string search, bool found)
    {
        var tenant = await core.NewTenantAsync();
        var wanted = await core.NewMemberAsync(tenant.Id, Role.Developer, $"ines@{tenant.Id:N}.example");
        await core.ChangeAsync(wanted, row => row.DisplayName = "Inês Ferreira ÉLODIE 100%_");

        var shown = await IdsAsync(tenant, new MemberFilter(search));

        if (search.Trim('\0', ' ').Length > 0)
            Assert.Equal(found ? [wanted.Id] : [], shown);
    }

    [Theory]
    [InlineData(MemberSort.Name, 1)]
    [InlineData(MemberSort.Name, 3)]
    [InlineData(MemberSort.Newest, 1)]
    [InlineData(MemberSort.Newest, 3)]
    [InlineData(MemberSort.LastSignIn, 1)]
    [InlineData(MemberSort.LastSignIn, 3)]
    public async Task Pages_visit_each_member_once_in_order_through_ties(MemberSort sort, int size)
    {
        var tenant = await CrowdAsync();
        var all = await ListAsync(tenant, new MemberFilter(Sort: sort, Limit: 200));

        var paged = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await core.Get<ListMembers>().HandleAsync(new MemberFilter(Sort: sort, Limit: size, Cursor: cursor), await core.AdminAsync(tenant), Stop)).Value!;
            Assert.InRange(page.Items.Count, 1, size);
            paged.AddRange(page.Items.Select(member => member.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(all.Select(member => member.Id), paged);
        Assert.Equal(12, paged.Distinct().Count());
        switch (sort)
        {
            case MemberSort.Name:
                Assert.Equal(all.Select(member => member.Name).Order(StringComparer.Ordinal), all.Select(member => member.Name));
                break;
            case MemberSort.Newest:
                Assert.Equal(all.Select(member => member.CreatedAt).OrderDescending(), all.Select(member => member.CreatedAt));
                break;
            case MemberSort.LastSignIn:
                Assert.Equal(all.Select(member => member.LastSignInAt).OrderDescending(), all.Select(member => member.LastSignInAt));
                Assert.Contains(all, member => member.LastSignInAt is null);
                break;
        }
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("WyJhIiwiYiJd")]
    [InlineData("WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTkiLCJ4Il0")]
    [InlineData("bnVsbA")]
    public async Task A_forged_cursor_and_any_limit_are_brought_into_range(string cursor)
    {
        var tenant = await core.NewTenantAsync();
        foreach (var sort in Enum.GetValues<MemberSort>())
            Assert.Equal(4, (await IdsAsync(tenant, new MemberFilter(Sort: sort, Cursor: cursor))).Count);
        foreach (var limit in new[] { 0, -5, int.MaxValue })
            Assert.NotEmpty((await core.Get<ListMembers>().HandleAsync(new MemberFilter(Limit: limit), await core.AdminAsync(tenant), Stop)).Value!.Items);
    }

    // Twelve people, with names, sign-ins and first days that tie.
    private async Task<TestTenant> CrowdAsync()
    {
        var tenant = await core.NewTenantAsync();
        for (var number = 0; number < 8; number++)
        {
            var member = await core.NewMemberAsync(tenant.Id, Role.Developer, $"crowd{number}@{tenant.Id:N}.example");
            var signedIn = number % 3 == 0 ? (DateTimeOffset?)null : core.Time.GetUtcNow() - TimeSpan.FromDays(number / 2);
            await core.ChangeAsync(member, row => (row.DisplayName, row.LastSignInAt) = ($"Name {number / 2}", signedIn));
            if (number % 3 == 2)
                core.Time.Advance(TimeSpan.FromMinutes(1));
        }

        return tenant;
    }

    private async Task<IReadOnlyList<Guid>> IdsAsync(TestTenant tenant, MemberFilter filter) => [.. (await ListAsync(tenant, filter)).Select(member => member.Id)];

    private async Task<IReadOnlyList<MemberView>> ListAsync(TestTenant tenant, MemberFilter filter)
    {
        var page = await core.Get<ListMembers>().HandleAsync(filter, await core.AdminAsync(tenant), Stop);
        Assert.True(page.Succeeded, page.Error?.ToString());
        Assert.Null(page.Value.NextCursor);
        return page.Value.Items;
    }

    public sealed class OnSqlite(SqliteCore core) : ListMembersTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ListMembersTests(core), IClassFixture<PostgreSqlCore>;
}
