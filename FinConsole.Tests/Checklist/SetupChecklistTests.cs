using FinConsole.Core.AuditLog;
using FinConsole.Core.Checklist;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Team;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Checklist;

public abstract class SetupChecklistTests(CoreHost core)
{
    [Fact]
    public async Task Each_step_is_done_once_and_stays_done()
    {
        var tenant = await core.NewTenantAsync();
        await LeaveAloneAsync(tenant);
        Assert.Equal(new SetupChecklist(HasMfa: false, HasMember: false, HasToken: false, HasKey: false, Dismissed: false), await ReadAsync(tenant));

        await core.ChangeAsync(tenant.Admin, row => row.TwoFactorEnabled = true);
        Assert.True((await ReadAsync(tenant)).HasMfa);

        var invited = await core.InviteAsync(tenant, $"new@{tenant.Id:N}.example");
        Assert.True((await core.Get<Core.Team.RevokeInvitation>().HandleAsync((await core.InvitationsAsync(tenant))[0].Id, await core.AdminAsync(tenant), Stop)).Succeeded);
        Assert.True((await ReadAsync(tenant)).HasMember);
        Assert.NotNull(invited);
    }

    [Fact]
    public async Task A_tenant_with_all_of_them_is_complete_whatever_became_of_its_token()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.ChangeAsync(tenant.Admin, row => row.TwoFactorEnabled = true);
        var made = await core.MakeTokenAsync(tenant);
        await core.TryInvalidateAsync(tenant, made.Token.Id);

        var checklist = await ReadAsync(tenant);

        Assert.Equal(new SetupChecklist(HasMfa: true, HasMember: true, HasToken: true, HasKey: true, Dismissed: false), checklist);
        Assert.True(checklist.IsComplete);
    }

    [Fact]
    public async Task Nothing_of_another_tenant_counts()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantWithKeyAsync());
        await core.MakeTokenAsync(other);
        await core.InviteAsync(other, $"new@{other.Id:N}.example");
        await LeaveAloneAsync(tenant);

        Assert.Equal(new SetupChecklist(HasMfa: false, HasMember: false, HasToken: false, HasKey: false, Dismissed: false), await ReadAsync(tenant));
    }

    [Fact]
    public async Task Dismissing_hides_it_from_that_admin_alone_with_one_entry()
    {
        var tenant = await core.NewTenantAsync();
        var second = await core.NewMemberAsync(tenant.Id, Role.TenantAdmin, $"second@{tenant.Id:N}.example");

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => DismissAsync(tenant)));

        Assert.Equal(AuditAction.ProfileUpdate, entry.Action);
        Assert.Equal("{\"changes\":{\"checklistDismissed\":{\"before\":false,\"after\":true}}}", entry.Metadata);
        Assert.Contains(await core.ChangesOfAsync(tenant.Admin.Id), change => change.Kind == ChangeKind.Member);
        Assert.True((await ReadAsync(tenant)).Dismissed);
        Assert.False((await core.Get<GetSetupChecklist>().HandleAsync(second.Actor, Stop)).Value!.Dismissed);
        Assert.Empty(await core.AuditOfAsync(tenant.Id, () => DismissAsync(tenant)));
    }

    private async Task DismissAsync(TestTenant tenant) => Assert.True((await core.Get<DismissSetupChecklist>().HandleAsync(await core.NewSessionAsync(tenant.Admin), Stop)).Succeeded);

    private async Task<SetupChecklist> ReadAsync(TestTenant tenant) => (await core.Get<GetSetupChecklist>().HandleAsync(await core.NewSessionAsync(tenant.Admin), Stop)).Value!;

    // As a tenant is that was just founded: with its admin, and nobody else.
    private async Task LeaveAloneAsync(TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        await db.Set<MemberSession>().Where(session => session.MemberId != tenant.Admin.Id).ExecuteDeleteAsync(Stop);
        await db.Set<ConsoleUser>().Where(member => member.Id != tenant.Admin.Id).ExecuteDeleteAsync(Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : SetupChecklistTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : SetupChecklistTests(core), IClassFixture<PostgreSqlCore>;
}
