using FinConsole.Core.Access;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Xunit;

namespace FinConsole.Tests.Policies;

public abstract class PolicyTests(CoreHost core)
{
    private static readonly PolicySettings Defaults = PolicySettings.Default;

    [Fact]
    public async Task Begins_with_nothing_required_no_window_and_export_allowed()
    {
        var tenant = await core.NewTenantAsync();

        Assert.Equal(new PolicyView(Defaults, 0, MembersWithoutMfa: 4, Members: 4, ActorWithoutMfa: true), await ReadAsync(tenant.Admin.Actor));
    }

    [Fact]
    public async Task A_change_is_kept_logged_with_before_and_after_and_announced()
    {
        var tenant = await core.NewTenantAsync();

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await UpdateAsync(tenant.Admin.Actor, Defaults with { DecryptOnlyHours = 8, PrivateKeyExport = false }, 0)).Succeeded)));

        Assert.Equal((AuditAction.PolicyUpdate, AuditResult.Success), (entry.Action, entry.Result));
        Assert.Equal("""{"changes":{"decryptOnlyHours":{"before":0,"after":8},"privateKeyExport":{"before":true,"after":false}}}""", entry.Metadata);
        Assert.Equal(ChangeKind.Policy, Assert.Single(await core.ChangesOfAsync(tenant.Id)).Kind);
        var read = await ReadAsync(tenant.Admin.Actor);
        Assert.Equal((Defaults with { DecryptOnlyHours = 8, PrivateKeyExport = false }, 1), (read.Settings, read.Version));
    }

    [Fact]
    public async Task Saving_what_holds_already_is_no_change()
    {
        var tenant = await core.NewTenantAsync();

        Assert.True((await UpdateAsync(tenant.Admin.Actor, Defaults, 0)).Succeeded);

        Assert.Empty(await core.AuditAsync(tenant.Id));
    }

    [Fact]
    public async Task Nobody_s_unseen_change_is_overwritten_also_by_24_at_once()
    {
        var tenant = await core.NewTenantAsync();
        var hours = 0;

        var answers = await MfaSteps.AtOnceAsync(24, () => UpdateAsync(tenant.Admin.Actor, Defaults with { DecryptOnlyHours = Interlocked.Increment(ref hours) }, 0));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal(PolicyErrors.ChangedMeanwhile, answer.Error));
        Assert.Single(await core.AuditAsync(tenant.Id));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(25)]
    public async Task Refuses_a_window_beyond_a_day(int hours)
    {
        var tenant = await core.NewTenantAsync();

        Assert.Equal("DecryptOnlyHours", (await UpdateAsync(tenant.Admin.Actor, Defaults with { DecryptOnlyHours = hours }, 0)).Error?.Fields.Keys.Single());
    }

    [Fact]
    public async Task Is_an_admin_s_alone_and_wants_a_recent_confirmation()
    {
        var tenant = await core.NewTenantAsync();
        foreach (var member in new[] { tenant.Developer, tenant.Reviewer, tenant.Cashier })
        {
            Assert.Equal(ErrorKind.Forbidden, (await UpdateAsync(member.Actor, Defaults with { RequireMfa = true }, 0)).Error?.Kind);
            Assert.Equal(ErrorKind.Forbidden, (await core.Get<GetPolicy>().HandleAsync(member.Actor, Stop)).Error?.Kind);
        }

        core.Time.Advance(MemberSession.ConfirmationLife + TimeSpan.FromTicks(1));
        Assert.Equal(AccessErrors.ConfirmationNeeded, (await UpdateAsync(tenant.Admin.Actor, Defaults with { RequireMfa = true }, 0)).Error);
    }

    [Fact]
    public async Task One_tenant_s_policy_is_none_of_another_s()
    {
        var (one, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());

        await UpdateAsync(one.Admin.Actor, Defaults with { RequireMfa = true, DecryptOnlyHours = 24 }, 0);

        Assert.Equal(Defaults, (await ReadAsync(other.Admin.Actor)).Settings);
    }

    [Fact]
    public async Task Required_members_without_a_second_factor_may_set_one_up_and_do_nothing_else()
    {
        var tenant = await core.NewTenantAsync();
        await core.EnrolAsync(tenant.Admin, tenant.Admin.Actor);
        var enrolled = await ReadAsync(tenant.Admin.Actor);
        Assert.Equal((3, 4, false), (enrolled.MembersWithoutMfa, enrolled.Members, enrolled.ActorWithoutMfa));

        Assert.True((await UpdateAsync(tenant.Admin.Actor, Defaults with { RequireMfa = true }, 0)).Succeeded);

        var developer = tenant.Developer.Actor;
        Assert.True((await core.Get<CheckSession>().FindMfaDueAsync([developer.SessionId!.Value], Stop))[developer.SessionId.Value]);
        Assert.True((await core.Get<CheckSession>().FindAsync(tenant.Id, developer.SessionId.Value, Stop))!.MfaDue);
        var before = await core.AuditAsync(tenant.Id);
        Assert.Equal(AccessErrors.MfaNeeded, (await core.Get<ListApiTokens>().HandleAsync(new TokenFilter(), developer, Stop)).Error);
        Assert.Equal(AccessErrors.MfaNeeded, (await core.Get<EndOtherSessions>().HandleAsync(developer, Stop)).Error);
        foreach (var permission in Enum.GetValues<Permission>().Where(permission => permission != Permission.SetUpMfa && Role.Developer.May(permission)))
            Assert.Equal(AccessErrors.MfaNeeded, await core.Get<PermissionGuard>().CheckAsync(developer, permission, new AuditSubject(AuditResource.Console, null, ""), Stop));
        Assert.Equal(before.Count, (await core.AuditAsync(tenant.Id)).Count);

        await core.EnrolAsync(tenant.Developer, developer);

        Assert.True((await core.Get<ListApiTokens>().HandleAsync(new TokenFilter(), developer, Stop)).Succeeded);
        Assert.False((await core.Get<CheckSession>().FindAsync(tenant.Id, developer.SessionId.Value, Stop))!.MfaDue);
        Assert.True((await core.Get<ListApiTokens>().HandleAsync(new TokenFilter(), tenant.Admin.Actor, Stop)).Succeeded);
    }

    private async Task<PolicyView> ReadAsync(Actor actor) => (await core.Get<GetPolicy>().HandleAsync(actor, Stop)).Value!;

    private Task<Result> UpdateAsync(Actor actor, PolicySettings settings, int version) => core.Get<UpdatePolicy>().HandleAsync(settings, version, actor, Stop);

    public sealed class OnSqlite(SqliteCore core) : PolicyTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : PolicyTests(core), IClassFixture<PostgreSqlCore>;
}
