using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.Team;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Policies;

/// <summary>The tenant's own session lengths, and what a change of them does to sessions that are open.</summary>
public abstract class SessionLengthTests(CoreHost core)
{
    [Fact]
    public async Task Sessions_idle_out_after_the_tenant_s_own_minutes_and_other_tenants_sessions_do_not()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await ChangeAsync(tenant, new SessionLimits(5, 12));

        core.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.True(await LivesAsync(tenant.Developer.Actor));
        core.Time.Advance(TimeSpan.FromTicks(1));

        Assert.False(await LivesAsync(tenant.Developer.Actor));
        Assert.Equal(AccessErrors.SessionEnded, (await core.Get<ListSessions>().HandleAsync(tenant.Developer.Actor, Stop)).Error);
        Assert.False(await core.Get<CheckSession>().TouchAsync(tenant.Id, tenant.Developer.Actor.SessionId!.Value, Stop));
        Assert.True(await LivesAsync(other.Developer.Actor));
        Assert.True((await core.Get<ListSessions>().HandleAsync(other.Developer.Actor, Stop)).Succeeded);
    }

    [Fact]
    public async Task An_hour_of_idleness_is_allowed_where_the_tenant_allows_it()
    {
        var tenant = await core.NewTenantAsync();
        await ChangeAsync(tenant, new SessionLimits(60, 12));

        core.Time.Advance(TimeSpan.FromMinutes(59));

        Assert.True(await LivesAsync(tenant.Developer.Actor));
        var own = Assert.Single((await core.Get<ListSessions>().HandleAsync(tenant.Developer.Actor, Stop)).Value!);
        Assert.Equal(own.LastSeenAt.AddMinutes(60), own.EndsAt);
    }

    [Fact]
    public async Task A_new_session_gets_the_tenant_s_hours_and_a_busy_one_ends_with_them()
    {
        var tenant = await core.NewTenantAsync();
        await ChangeAsync(tenant, new SessionLimits(60, 24));

        var opened = (await core.Get<SignInWithPassword>().HandleAsync(tenant.Developer.Email, TestMember.Secret, TestTenants.Origin, Stop)).Value!;

        var session = Assert.IsType<SignedIn>(opened.Session);
        Assert.Equal(core.Time.GetUtcNow().AddHours(24), session.ExpiresAt);
        for (var hour = 0; hour < 23; hour++)
            await WorkAsync(session.SessionId);
        Assert.NotNull(await core.Get<CheckSession>().FindAsync(tenant.Id, session.SessionId, Stop));
        core.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await core.Get<CheckSession>().FindAsync(tenant.Id, session.SessionId, Stop));
        core.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await core.Get<CheckSession>().FindAsync(tenant.Id, session.SessionId, Stop));

        async Task WorkAsync(Guid sessionId)
        {
            core.Time.Advance(TimeSpan.FromMinutes(30));
            Assert.NotNull(await core.Get<CheckSession>().FindAsync(tenant.Id, sessionId, Stop));
            core.Time.Advance(TimeSpan.FromMinutes(30));
            Assert.NotNull(await core.Get<CheckSession>().FindAsync(tenant.Id, sessionId, Stop));
        }
    }

    [Fact]
    public async Task Shorter_limits_end_what_is_over_by_them_at_once_and_announce_it_as_the_preview_said()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        core.Time.Advance(TimeSpan.FromMinutes(10));
        await core.Get<CheckSession>().TouchAsync(tenant.Id, tenant.Admin.Actor.SessionId!.Value, Stop);

        var preview = (await core.Get<PreviewSessionLimits>().HandleAsync(new SessionLimits(10, 12), tenant.Admin.Actor, Stop)).Value!;
        Assert.Equal(new SessionLimitsPreview(3, OwnEnds: false), preview);
        Assert.Empty(await core.ChangesOfAsync(tenant.Developer.Actor.SessionId!.Value));
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => ChangeAsync(tenant, new SessionLimits(10, 12))));

        Assert.StartsWith("""{"sessions":3,""", entry.Metadata);
        foreach (var member in new[] { tenant.Developer, tenant.Reviewer, tenant.Cashier })
        {
            Assert.False(await LivesAsync(member.Actor));
            Assert.Equal(SessionEnd.LimitChanged, (await SessionAsync(member.Actor)).EndReason);
            Assert.Equal(ChangeKind.SessionEnded, Assert.Single(await core.ChangesOfAsync(member.Actor.SessionId!.Value)).Kind);
        }

        Assert.True(await LivesAsync(tenant.Admin.Actor));
        Assert.Null((await SessionAsync(other.Developer.Actor)).EndedAt);
    }

    [Fact]
    public async Task Fewer_hours_end_a_busy_session_that_is_older_and_the_preview_says_when_it_is_one_s_own()
    {
        var tenant = await core.NewTenantAsync();
        for (var half = 0; half < 6; half++)
        {
            core.Time.Advance(TimeSpan.FromMinutes(20));
            await core.Get<CheckSession>().TouchAsync(tenant.Id, tenant.Admin.Actor.SessionId!.Value, Stop);
        }

        Assert.Equal(new SessionLimitsPreview(1, OwnEnds: true), (await core.Get<PreviewSessionLimits>().HandleAsync(new SessionLimits(30, 2), tenant.Admin.Actor, Stop)).Value);
        await ConfirmAsync(tenant.Admin.Actor);
        await ChangeAsync(tenant, new SessionLimits(30, 2));

        Assert.False(await LivesAsync(tenant.Admin.Actor));
    }

    [Fact]
    public async Task Longer_limits_revive_nothing_and_prolong_no_cookie()
    {
        var tenant = await core.NewTenantAsync();
        core.Time.Advance(TimeSpan.FromMinutes(40));
        // Idle for longer than the limit; nobody has marked it as ended.
        Assert.Null((await SessionAsync(tenant.Developer.Actor)).EndedAt);
        var admin = tenant.Admin with { Actor = await core.NewSessionAsync(tenant.Admin) };

        await ChangeAsync(tenant with { Admin = admin }, new SessionLimits(60, 24));

        Assert.False(await LivesAsync(tenant.Developer.Actor));
        Assert.Equal(SessionEnd.LimitChanged, (await SessionAsync(tenant.Developer.Actor)).EndReason);
        Assert.Equal(core.Time.GetUtcNow().AddHours(12), (await core.Get<CheckSession>().FindAsync(tenant.Id, admin.Actor.SessionId!.Value, Stop))!.ExpiresAt);
    }

    [Fact]
    public async Task Shortened_and_lengthened_again_an_old_session_stays_ended()
    {
        var tenant = await core.NewTenantAsync();
        core.Time.Advance(TimeSpan.FromMinutes(20));
        var admin = tenant with { Admin = tenant.Admin with { Actor = await core.NewSessionAsync(tenant.Admin) } };

        await ChangeAsync(admin, new SessionLimits(15, 12));
        await ChangeAsync(admin, new SessionLimits(60, 12));

        Assert.False(await LivesAsync(tenant.Developer.Actor));
    }

    [Fact]
    public async Task One_look_finds_the_live_sessions_of_all_tenants_by_each_one_s_limits()
    {
        var (strict, lax) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await ChangeAsync(strict, new SessionLimits(5, 12));
        core.Time.Advance(TimeSpan.FromMinutes(6));
        Guid[] ids = [strict.Developer.Actor.SessionId!.Value, lax.Developer.Actor.SessionId!.Value, Guid.NewGuid()];

        Assert.Equal([lax.Developer.Actor.SessionId.Value], (await core.Get<CheckSession>().FindMfaDueAsync(ids, Stop)).Keys);
    }

    [Fact]
    public async Task A_deactivation_s_preview_counts_by_the_tenant_s_own_limits()
    {
        var tenant = await core.NewTenantAsync();
        await ChangeAsync(tenant, new SessionLimits(5, 12));
        core.Time.Advance(TimeSpan.FromMinutes(6));
        var admin = await core.NewSessionAsync(tenant.Admin);

        Assert.Equal(0, (await core.Get<PreviewDeactivation>().HandleAsync(tenant.Developer.Id, admin, Stop)).Value!.Sessions);
    }

    private async Task<bool> LivesAsync(Actor actor)
    {
        var refusal = await core.Get<PermissionGuard>().CheckAsync(actor, Permission.UseOwnAccount, new AuditSubject(AuditResource.Console, null, ""), Stop);
        Assert.Equal(refusal is null, await core.Get<CheckSession>().IsLiveAsync(actor.TenantId, actor.SessionId!.Value, Stop));
        return refusal is null;
    }

    private async Task ChangeAsync(TestTenant tenant, SessionLimits limits)
    {
        await ConfirmAsync(tenant.Admin.Actor);
        var policy = (await core.Get<GetPolicy>().HandleAsync(tenant.Admin.Actor, Stop)).Value!;
        var updated = await core.Get<UpdatePolicy>().HandleAsync(policy.Settings with { Sessions = limits }, policy.Version, tenant.Admin.Actor, Stop);
        Assert.True(updated.Succeeded, updated.Error?.Message);
    }

    private async Task ConfirmAsync(Actor actor)
    {
        await using var db = core.Db.Open(actor.TenantId);
        var now = core.Time.GetUtcNow();
        await db.Set<MemberSession>().Where(session => session.Id == actor.SessionId).ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, now), Stop);
    }

    private async Task<MemberSession> SessionAsync(Actor actor)
    {
        await using var db = core.Db.Open(actor.TenantId);
        return await db.Set<MemberSession>().AsNoTracking().SingleAsync(session => session.Id == actor.SessionId, Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : SessionLengthTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : SessionLengthTests(core), IClassFixture<PostgreSqlCore>;
}
