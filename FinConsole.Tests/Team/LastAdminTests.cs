using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Team;

/// <summary>A tenant is never without an active admin, whatever happens at once.</summary>
public abstract class LastAdminTests(CoreHost core)
{
    [Fact]
    public async Task The_last_admin_is_neither_demoted_nor_deactivated()
    {
        var tenant = await core.NewTenantAsync();
        var second = await core.NewMemberAsync(tenant.Id, Role.TenantAdmin, $"second@{tenant.Id:N}.example");
        Assert.True((await core.TryDeactivateAsync(tenant, second)).Succeeded);

        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () =>
        {
            Assert.Equal(TeamErrors.LastAdmin, (await core.TryChangeRoleAsync(tenant, tenant.Admin, Role.Developer)).Error);
            Assert.Equal(TeamErrors.LastAdmin, (await core.TryDeactivateAsync(tenant, tenant.Admin)).Error);
        }));

        var row = await core.ReadAsync(tenant.Admin);
        Assert.Equal((Role.TenantAdmin, null), (row.Role, row.DeactivatedAt));
    }

    [Fact]
    public async Task Another_tenant_s_admins_do_not_count()
    {
        await core.NewTenantAsync();
        var tenant = await core.NewTenantAsync();

        Assert.Equal(TeamErrors.LastAdmin, (await core.TryDeactivateAsync(tenant, tenant.Admin)).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_sixty_four_admins_who_remove_each_other_at_once_one_is_left(bool demote)
    {
        var tenant = await core.NewTenantAsync();
        var admins = new List<TestMember> { tenant.Admin };
        for (var number = 1; number < 64; number++)
            admins.Add(await core.NewMemberAsync(tenant.Id, Role.TenantAdmin, $"admin{number}@{tenant.Id:N}.example"));

        // Everybody at their neighbour, twice around, so that all are somebody's target more than once.
        var answers = await Task.WhenAll(Enumerable.Range(0, 128).Select(number => Task.Run(() => RemoveAsync(admins[number % 64], admins[(number + (number < 64 ? 1 : 7)) % 64], demote))));

        await using var db = core.Db.Open(tenant.Id);
        var left = await db.Set<ConsoleUser>().CountAsync(member => member.Role == Role.TenantAdmin && member.DeactivatedAt == null, Stop);
        Assert.InRange(left, 1, 63);
        var done = demote ? AuditAction.MemberRoleChange : AuditAction.MemberDeactivate;
        Assert.Equal(64 - left, (await core.AuditAsync(tenant.Id)).Count(entry => entry.Action == done && entry.Result == AuditResult.Success));
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Contains(answer.Error!.Code, (string[])["session_ended", "forbidden", "last_admin", "member_deactivated"]));
    }

    [Fact]
    public async Task Of_two_admins_who_demote_each_other_at_once_one_stays_time_after_time()
    {
        for (var round = 0; round < 16; round++)
        {
            var tenant = await core.NewTenantAsync();
            var second = await core.NewMemberAsync(tenant.Id, Role.TenantAdmin, $"second@{tenant.Id:N}.example");

            var answers = await Task.WhenAll(
                Task.Run(() => RemoveAsync(tenant.Admin, second, demote: true)),
                Task.Run(() => RemoveAsync(second, tenant.Admin, demote: round % 2 == 0)));

            Assert.Single(answers, answer => answer.Succeeded);
            await using var db = core.Db.Open(tenant.Id);
            Assert.Equal(1, await db.Set<ConsoleUser>().CountAsync(member => member.Role == Role.TenantAdmin && member.DeactivatedAt == null, Stop));
        }
    }

    private Task<Result> RemoveAsync(TestMember by, TestMember whom, bool demote) => demote
        ? core.Get<ChangeRole>().HandleAsync(whom.Id, Role.Developer, by.Actor, Stop)
        : core.Get<DeactivateMember>().HandleAsync(whom.Id, by.Actor, Stop);

    public sealed class OnSqlite(SqliteCore core) : LastAdminTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : LastAdminTests(core), IClassFixture<PostgreSqlCore>;
}
