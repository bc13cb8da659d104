using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.SignIn;

public abstract class SessionTests(CoreHost core)
{
    [Fact]
    public async Task Lives_while_used_within_thirty_minutes_and_ends_when_idle_for_as_long()
    {
        var member = (await core.NewTenantAsync()).Developer;
        for (var uses = 0; uses < 4; uses++)
        {
            core.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
            Assert.NotNull(await FindAsync(member.Actor));
        }

        core.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.Null(await FindAsync(member.Actor));
        Assert.False(await TouchAsync(member.Actor));
    }

    [Fact]
    public async Task Ends_after_twelve_hours_however_busy()
    {
        var member = (await core.NewTenantAsync()).Developer;
        for (var uses = 0; uses < 35; uses++)
        {
            core.Time.Advance(TimeSpan.FromMinutes(20));
            Assert.True(await TouchAsync(member.Actor));
        }

        core.Time.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await FindAsync(member.Actor));
        core.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await FindAsync(member.Actor));
    }

    [Fact]
    public async Task Notes_activity_at_most_once_a_minute_when_looked_at_and_always_when_touched()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var start = core.Time.GetUtcNow();

        core.Time.Advance(TimeSpan.FromSeconds(59));
        await FindAsync(member.Actor);
        Assert.Equal(start, (await RowAsync(member.Actor)).LastSeenAt);
        core.Time.Advance(TimeSpan.FromSeconds(1));
        await FindAsync(member.Actor);
        Assert.Equal(start.AddMinutes(1), (await RowAsync(member.Actor)).LastSeenAt);
        core.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await TouchAsync(member.Actor));
        Assert.Equal(start.AddSeconds(61), (await RowAsync(member.Actor)).LastSeenAt);
    }

    [Fact]
    public async Task Idles_out_however_often_a_page_looks_at_it_without_anybody_there()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var start = core.Time.GetUtcNow();
        for (var minute = 0; minute < 29; minute++)
        {
            core.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.NotNull(await core.Get<CheckSession>().FindAsync(member.TenantId, member.Actor.SessionId!.Value, Stop, countsAsActivity: false));
            Assert.True(await core.Get<CheckSession>().IsLiveAsync(member.TenantId, member.Actor.SessionId.Value, Stop));
            var end = await core.Get<CheckSession>().FindEndAsync(member.TenantId, member.Actor.SessionId.Value, Stop);
            Assert.Equal((start.AddMinutes(30), TimeSpan.FromMinutes(30)), (end?.At, end?.Idle));
        }

        core.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await FindAsync(member.Actor));
        Assert.Null(await core.Get<CheckSession>().FindEndAsync(member.TenantId, member.Actor.SessionId!.Value, Stop));
    }

    [Fact]
    public async Task A_session_that_a_new_sign_in_replaces_ends_with_an_entry_and_its_pages_are_told()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var end = core.Get<EndReplacedSession>();

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () =>
        {
            await end.HandleAsync(member.Actor, Stop);
            await end.HandleAsync(member.Actor, Stop);
        }));

        Assert.Equal((AuditAction.SessionEnd, member.Actor.SessionId, """{"reason":"Replaced"}"""), (entry.Action, entry.ResourceId, entry.Metadata));
        Assert.Equal(SessionEnd.Replaced, (await RowAsync(member.Actor)).EndReason);
        Assert.Equal(ChangeKind.SessionEnded, Assert.Single(await core.ChangesOfAsync(member.Actor.SessionId!.Value)).Kind);
        Assert.Empty(await core.AttemptsAsync(member.TenantId));
    }

    [Fact]
    public async Task Shows_the_member_as_of_now()
    {
        var tenant = await core.NewTenantAsync();
        await core.ChangeAsync(tenant.Developer, row => (row.DisplayName, row.Role, row.Theme) = ("Renamed", Role.SecurityReviewer, ThemeChoice.Dark));

        var live = await FindAsync(tenant.Developer.Actor);

        Assert.Equal(("Renamed", Role.SecurityReviewer, ThemeChoice.Dark, tenant.Name), (live?.Name, live?.Role, live?.Theme, live?.TenantName));
    }

    [Fact]
    public async Task Is_over_for_a_deactivated_member_and_a_closed_tenant_and_in_another_tenant()
    {
        var tenant = await core.NewTenantAsync();
        var other = await core.NewTenantAsync();
        await core.ChangeAsync(tenant.Developer, row => row.DeactivatedAt = core.Time.GetUtcNow());
        Assert.Null(await FindAsync(tenant.Developer.Actor));
        Assert.Null(await FindAsync(tenant.Admin.Actor with { TenantId = other.Id }));

        await using (var db = core.Db.OpenForOperator())
            await db.Set<Tenant>().Where(row => row.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, core.Time.GetUtcNow()), Stop);

        Assert.Null(await FindAsync(tenant.Admin.Actor));
    }

    [Fact]
    public async Task Lists_the_members_own_live_sessions_the_current_one_first()
    {
        var tenant = await core.NewTenantAsync();
        var member = tenant.Developer;
        await core.NewSessionAsync(member);
        core.Time.Advance(TimeSpan.FromMinutes(29));
        await TouchAsync(member.Actor);
        core.Time.Advance(TimeSpan.FromMinutes(5));
        var newest = await core.NewSessionAsync(member);

        var list = (await core.Get<ListSessions>().HandleAsync(member.Actor, Stop)).Value!;

        Assert.Equal([member.Actor.SessionId, newest.SessionId], list.Select(session => (Guid?)session.Id));
        Assert.Equal([true, false], list.Select(session => session.Current));
    }

    [Fact]
    public async Task Ending_one_leaves_an_entry_and_tells_every_instance()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var other = await core.NewSessionAsync(member);

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () =>
            Assert.True((await core.Get<EndSession>().HandleAsync(other.SessionId!.Value, member.Actor, Stop)).Succeeded)));

        Assert.Equal((AuditAction.SessionEnd, other.SessionId), (entry.Action, entry.ResourceId));
        Assert.Null(await FindAsync(other));
        Assert.NotNull(await FindAsync(member.Actor));
        var change = Assert.Single(await core.ChangesOfAsync(other.SessionId!.Value));
        Assert.Equal((ChangeKind.SessionEnded, member.TenantId), (change.Kind, change.TenantId));
        Assert.Equal(SessionEnd.EndedByMember, (await RowAsync(other)).EndReason);
    }

    [Fact]
    public async Task Another_members_session_and_an_ended_one_are_not_there_to_end()
    {
        var tenant = await core.NewTenantAsync();
        var stranger = await core.NewTenantAsync();
        var mine = await core.NewSessionAsync(tenant.Developer);
        var end = core.Get<EndSession>();
        await end.HandleAsync(mine.SessionId!.Value, tenant.Developer.Actor, Stop);

        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () =>
        {
            foreach (var id in (Guid[])[mine.SessionId.Value, tenant.Admin.Actor.SessionId!.Value, stranger.Admin.Actor.SessionId!.Value, Guid.Empty])
                Assert.Equal(SignInErrors.NoSuchSession, (await end.HandleAsync(id, tenant.Developer.Actor, Stop)).Error);
        }));
        Assert.NotNull(await FindAsync(tenant.Admin.Actor));
        Assert.NotNull(await FindAsync(stranger.Admin.Actor));
    }

    [Fact]
    public async Task Ending_all_others_keeps_the_one_that_asks_and_those_of_other_members()
    {
        var tenant = await core.NewTenantAsync();
        var others = new[] { await core.NewSessionAsync(tenant.Developer), await core.NewSessionAsync(tenant.Developer) };

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () =>
            Assert.Equal(2, (await core.Get<EndOtherSessions>().HandleAsync(tenant.Developer.Actor, Stop)).Value)));

        Assert.Equal((AuditAction.SessionEndOthers, """{"count":2}"""), (entry.Action, entry.Metadata));
        foreach (var each in others)
        {
            Assert.Null(await FindAsync(each));
            Assert.Equal(ChangeKind.SessionEnded, Assert.Single(await core.ChangesOfAsync(each.SessionId!.Value)).Kind);
        }

        Assert.NotNull(await FindAsync(tenant.Developer.Actor));
        Assert.NotNull(await FindAsync(tenant.Admin.Actor));
    }

    [Fact]
    public async Task Signing_out_twice_leaves_one_entry_and_one_attempt()
    {
        var member = (await core.NewTenantAsync()).Cashier;

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () =>
        {
            await core.Get<SignOut>().HandleAsync(member.Actor, Stop);
            await core.Get<SignOut>().HandleAsync(member.Actor, Stop);
        }));

        Assert.Equal((AuditAction.SessionEnd, """{"reason":"SignedOut"}"""), (entry.Action, entry.Metadata));
        Assert.Equal(LoginOutcome.SignedOut, Assert.Single(await core.AttemptsAsync(member.TenantId)).Outcome);
        Assert.Null(await FindAsync(member.Actor));
    }

    [Fact]
    public async Task An_ended_session_ends_nothing_more()
    {
        var tenant = await core.NewTenantAsync();
        var other = await core.NewSessionAsync(tenant.Developer);
        await core.Get<SignOut>().HandleAsync(other, Stop);

        Assert.Equal(AccessErrors.SessionEnded, (await core.Get<EndOtherSessions>().HandleAsync(other, Stop)).Error);
        Assert.Equal(AccessErrors.SessionEnded, (await core.Get<EndSession>().HandleAsync(tenant.Developer.Actor.SessionId!.Value, other, Stop)).Error);
        Assert.Equal(AccessErrors.SessionEnded, (await core.Get<ListSessions>().HandleAsync(other, Stop)).Error);
        Assert.NotNull(await FindAsync(tenant.Developer.Actor));
    }

    private Task<LiveSession?> FindAsync(Actor actor) => core.Get<CheckSession>().FindAsync(actor.TenantId, actor.SessionId!.Value, Stop);

    private Task<bool> TouchAsync(Actor actor) => core.Get<CheckSession>().TouchAsync(actor.TenantId, actor.SessionId!.Value, Stop);

    private async Task<MemberSession> RowAsync(Actor actor)
    {
        await using var db = core.Db.Open(actor.TenantId);
        return await db.Set<MemberSession>().AsNoTracking().SingleAsync(session => session.Id == actor.SessionId, Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : SessionTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : SessionTests(core), IClassFixture<PostgreSqlCore>;
}
