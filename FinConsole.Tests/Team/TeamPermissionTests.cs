using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Team;

/// <summary>Each use case, asked by each role, without a session, without step-up, and for another tenant's member or invitation.</summary>
public abstract class TeamPermissionTests(CoreHost core)
{
    private static readonly Dictionary<string, (AuditAction Action, Error? Unknown, Func<CoreHost, Scene, Actor, Task<Error?>> Ask)> UseCases = new()
    {
        ["invite"] = (AuditAction.MemberInvite, null, async (core, _, actor) => (await core.Get<InviteMember>().HandleAsync(new InviteMemberRequest($"{Guid.NewGuid():N}@x.example", null, Role.Cashier), actor, Stop)).Error),
        ["resend"] = (AuditAction.MemberInviteResend, TeamErrors.NoSuchInvitation, async (core, scene, actor) => (await core.Get<ResendInvitation>().HandleAsync(scene.Invitation, actor, Stop)).Error),
        ["revoke"] = (AuditAction.MemberInviteRevoke, TeamErrors.NoSuchInvitation, async (core, scene, actor) => (await core.Get<RevokeInvitation>().HandleAsync(scene.Invitation, actor, Stop)).Error),
        ["change role"] = (AuditAction.MemberRoleChange, TeamErrors.NoSuchMember, async (core, scene, actor) => (await core.Get<ChangeRole>().HandleAsync(scene.Member, Role.Cashier, actor, Stop)).Error),
        ["deactivate"] = (AuditAction.MemberDeactivate, TeamErrors.NoSuchMember, async (core, scene, actor) => (await core.Get<DeactivateMember>().HandleAsync(scene.Member, actor, Stop)).Error),
        ["reactivate"] = (AuditAction.MemberReactivate, TeamErrors.NoSuchMember, async (core, scene, actor) => (await core.Get<ReactivateMember>().HandleAsync(scene.Member, actor, Stop)).Error),
        ["reset"] = (AuditAction.MfaReset, TeamErrors.NoSuchMember, async (core, scene, actor) => (await core.Get<ResetMemberMfa>().HandleAsync(scene.Member, actor, Stop)).Error),
        ["preview"] = (AuditAction.AccessRefused, TeamErrors.NoSuchMember, async (core, scene, actor) => (await core.Get<PreviewDeactivation>().HandleAsync(scene.Member, actor, Stop)).Error),
        ["list members"] = (AuditAction.AccessRefused, null, async (core, _, actor) => (await core.Get<ListMembers>().HandleAsync(new MemberFilter(), actor, Stop)).Error),
        ["list invitations"] = (AuditAction.AccessRefused, null, async (core, _, actor) => (await core.Get<ListInvitations>().HandleAsync(actor, Stop)).Error),
        ["count"] = (AuditAction.AccessRefused, null, async (core, _, actor) => (await core.Get<CountTeam>().HandleAsync(actor, Stop)).Error),
    };

    public static TheoryData<string> Names() => [.. UseCases.Keys];

    public static TheoryData<string> Changes() => [.. UseCases.Where(pair => pair.Value.Action != AuditAction.AccessRefused).Select(pair => pair.Key)];

    public static TheoryData<string> NamesWithId() => [.. UseCases.Where(pair => pair.Value.Unknown is not null).Select(pair => pair.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Only_tenant_admins_may_and_others_leave_one_failure_and_nothing_changed(string name)
    {
        var (action, _, ask) = UseCases[name];
        var scene = await NewSceneAsync();
        foreach (var other in new[] { scene.Tenant.Developer, scene.Tenant.Reviewer, scene.Tenant.Cashier })
        {
            var before = await SnapshotAsync(scene.Tenant);
            Error? refusal = null;
            var entry = Assert.Single(await core.AuditOfAsync(scene.Tenant.Id, async () => refusal = await ask(core, scene, other.Actor)));
            Assert.Equal(AccessErrors.Forbidden(other.Role), refusal);
            Assert.Equal((action, AuditResult.Failure, other.Id), (entry.Action, entry.Result, entry.ActorId));
            Assert.Equal(before, await SnapshotAsync(scene.Tenant));
        }

        Assert.Null(await ask(core, scene, scene.Tenant.Admin.Actor));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Changes_want_a_confirmation_of_the_last_five_minutes(string name)
    {
        var scene = await NewSceneAsync();
        var before = await SnapshotAsync(scene.Tenant);
        core.Time.Advance(MemberSession.ConfirmationLife + TimeSpan.FromTicks(1));

        Assert.Equal(AccessErrors.ConfirmationNeeded, await UseCases[name].Ask(core, scene, scene.Tenant.Admin.Actor));
        Assert.Equal(before, await SnapshotAsync(scene.Tenant));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_session_that_has_ended_may_do_nothing(string name)
    {
        var scene = await NewSceneAsync();
        var before = await SnapshotAsync(scene.Tenant);
        var admin = scene.Tenant.Admin.Actor;
        core.Time.Advance(SessionLimits.Default.Idle);

        foreach (var actor in new[] { admin, admin with { SessionId = null }, admin with { SessionId = Guid.NewGuid() } })
            Assert.Equal(AccessErrors.SessionEnded, await UseCases[name].Ask(core, scene, actor));
        Assert.Equal(before, await SnapshotAsync(scene.Tenant));
    }

    [Theory]
    [MemberData(nameof(NamesWithId))]
    public async Task Another_tenants_member_or_invitation_is_as_unknown_as_one_that_never_was(string name)
    {
        var (theirs, mine) = (await NewSceneAsync(), await core.NewTenantAsync());
        var before = await SnapshotAsync(theirs.Tenant);
        var (_, unknown, ask) = UseCases[name];

        Assert.Equal(unknown, await ask(core, theirs, mine.Admin.Actor));
        Assert.Equal(unknown, await ask(core, theirs with { Member = Guid.NewGuid(), Invitation = Guid.NewGuid() }, mine.Admin.Actor));

        Assert.Equal(before, await SnapshotAsync(theirs.Tenant));
        Assert.Empty(await core.AuditAsync(mine.Id));
    }

    [Fact]
    public async Task An_actor_who_claims_another_tenant_has_no_session_there()
    {
        var (theirs, mine) = (await NewSceneAsync(), await core.NewTenantAsync());
        foreach (var (_, _, ask) in UseCases.Values)
            Assert.Equal(AccessErrors.SessionEnded, await ask(core, theirs, mine.Admin.Actor with { TenantId = theirs.Tenant.Id }));
    }

    [Fact]
    public async Task Lists_show_nothing_of_other_tenants()
    {
        var (_, mine) = (await NewSceneAsync(), await core.NewTenantAsync());

        Assert.Empty(await core.InvitationsAsync(mine));
        Assert.Equal(new TeamCounts(Active: 4, Admins: 1, WithoutMfa: 4, Deactivated: 0, Pending: 0, Expired: 0), await core.CountTeamAsync(mine));
        Assert.Equal(4, (await core.Get<ListMembers>().HandleAsync(new MemberFilter(), mine.Admin.Actor, Stop)).Value!.Items.Count);
    }

    private async Task<Scene> NewSceneAsync()
    {
        var tenant = await core.NewTenantAsync();
        var member = await core.NewMemberAsync(tenant.Id, Role.Developer, $"target@{tenant.Id:N}.example");
        await core.ChangeAsync(member, row => row.TwoFactorEnabled = true);
        return new Scene(tenant, member.Id, (await core.InviteAsync(tenant, $"invited@{tenant.Id:N}.example")).Id);
    }

    private async Task<string> SnapshotAsync(TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        var members = await db.Set<ConsoleUser>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Stop);
        return System.Text.Json.JsonSerializer.Serialize((object)new { members, invitations = await core.InvitationRowsAsync(tenant) });
    }

    public sealed record Scene(TestTenant Tenant, Guid Member, Guid Invitation);

    public sealed class OnSqlite(SqliteCore core) : TeamPermissionTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TeamPermissionTests(core), IClassFixture<PostgreSqlCore>;
}
