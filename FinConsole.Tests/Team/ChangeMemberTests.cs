using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Team;

/// <summary>Roles, deactivation, reactivation, and the reset of a second factor.</summary>
public abstract class ChangeMemberTests(CoreHost core)
{
    [Fact]
    public async Task A_new_role_is_in_force_and_ends_the_member_s_sessions()
    {
        var tenant = await core.NewTenantAsync();

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await core.TryChangeRoleAsync(tenant, tenant.Developer, Role.SecurityReviewer)).Succeeded)));

        Assert.Equal(
            $"{tenant.Admin.Email} member.role-change {tenant.Developer.Email} {{\"changes\":{{\"role\":{{\"before\":\"Developer\",\"after\":\"SecurityReviewer\"}}}}}}", entry.Line());
        Assert.Equal(Role.SecurityReviewer, (await core.ReadAsync(tenant.Developer)).Role);
        await AssertEndedAsync(tenant.Developer, SessionEnd.RoleChanged);
        Assert.Equal(ChangeKind.Member, Assert.Single(await core.ChangesOfAsync(tenant.Developer.Id)).Kind);
    }

    [Fact]
    public async Task The_role_that_somebody_has_already_changes_nothing()
    {
        var tenant = await core.NewTenantAsync();

        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await core.TryChangeRoleAsync(tenant, tenant.Developer, Role.Developer)).Succeeded)));
        Assert.NotNull(await core.Get<CheckSession>().FindAsync(tenant.Id, tenant.Developer.Actor.SessionId!.Value, Stop));
    }

    [Fact]
    public async Task A_deactivated_member_s_role_stays_and_there_is_no_fifth_role()
    {
        var tenant = await core.NewTenantAsync();
        Assert.Equal(["Role"], (await core.TryChangeRoleAsync(tenant, tenant.Developer, (Role)5)).Error?.Fields.Keys);
        await core.TryDeactivateAsync(tenant, tenant.Developer);

        Assert.Equal(TeamErrors.IsDeactivated, (await core.TryChangeRoleAsync(tenant, tenant.Developer, Role.Cashier)).Error);
    }

    [Fact]
    public async Task Deactivated_means_no_session_no_sign_in_and_no_mailed_link()
    {
        var tenant = await core.NewTenantAsync();
        var link = await AskForResetAsync(tenant.Developer);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await core.TryDeactivateAsync(tenant, tenant.Developer)).Succeeded)));

        Assert.Equal($"{tenant.Admin.Email} member.deactivate {tenant.Developer.Email} {{\"count\":1}}", entry.Line());
        await AssertEndedAsync(tenant.Developer, SessionEnd.Deactivated);
        Assert.Equal(ChangeKind.Member, Assert.Single(await core.ChangesOfAsync(tenant.Developer.Id)).Kind);
        Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(tenant.Developer)).Error);
        Assert.Equal(SignInErrors.LinkUsedUp, (await core.Get<ResetPassword>().HandleAsync(link, new Secret("sandalwood hop 91 quarry"), TestTenants.Origin, Stop)).Error);
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await core.TryDeactivateAsync(tenant, tenant.Developer)).Succeeded)));
    }

    [Fact]
    public async Task Before_it_is_said_how_many_sessions_would_end()
    {
        var tenant = await core.NewTenantAsync();
        await core.NewSessionAsync(tenant.Developer);
        Assert.Equal(new DeactivationPreview(2), await PreviewAsync(tenant, tenant.Developer));

        core.Time.Advance(SessionLimits.Default.Idle);
        Assert.Equal(new DeactivationPreview(0), await PreviewAsync(tenant, tenant.Developer));
    }

    [Fact]
    public async Task Reactivated_signs_in_with_the_old_password_but_not_with_an_old_link()
    {
        var tenant = await core.NewTenantAsync();
        var link = await AskForResetAsync(tenant.Developer);
        await core.TryDeactivateAsync(tenant, tenant.Developer);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await ReactivateAsync(tenant, tenant.Developer)).Succeeded)));

        Assert.Equal($"{tenant.Admin.Email} member.reactivate {tenant.Developer.Email} {{\"role\":\"Developer\"}}", entry.Line());
        Assert.True((await SignInAsync(tenant.Developer)).Succeeded);
        Assert.Equal(SignInErrors.LinkUsedUp, (await core.Get<ResetPassword>().HandleAsync(link, new Secret("sandalwood hop 91 quarry"), TestTenants.Origin, Stop)).Error);
        Assert.Null(await core.Get<CheckSession>().FindAsync(tenant.Id, tenant.Developer.Actor.SessionId!.Value, Stop));
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await ReactivateAsync(tenant, tenant.Developer)).Succeeded)));
    }

    [Fact]
    public async Task An_admin_beside_another_may_leave()
    {
        var tenant = await core.NewTenantAsync();
        var second = await core.NewMemberAsync(tenant.Id, Role.TenantAdmin, $"second@{tenant.Id:N}.example");

        Assert.True((await core.TryDeactivateAsync(tenant, tenant.Admin)).Succeeded);

        await AssertEndedAsync(tenant.Admin, SessionEnd.Deactivated);
        Assert.True((await core.Get<ListMembers>().HandleAsync(new MemberFilter(), second.Actor, Stop)).Succeeded);
    }

    [Fact]
    public async Task A_reset_takes_the_second_factor_ends_the_sessions_and_tells_the_member()
    {
        var tenant = await core.NewTenantAsync();
        await GiveMfaAsync(tenant.Developer);
        await GiveMfaAsync(tenant.Reviewer);
        var stamp = (await core.ReadAsync(tenant.Developer)).SecurityStamp;

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await ResetAsync(tenant, tenant.Developer)).Succeeded)));

        Assert.Equal($"{tenant.Admin.Email} mfa.reset {tenant.Developer.Email} {{}}", entry.Line());
        var row = await core.ReadAsync(tenant.Developer);
        Assert.False(row.TwoFactorEnabled);
        Assert.NotEqual(stamp, row.SecurityStamp);
        Assert.Equal((0, 0), await CountFactorsAsync(tenant.Developer));
        Assert.Equal((2, 3), await CountFactorsAsync(tenant.Reviewer));
        await AssertEndedAsync(tenant.Developer, SessionEnd.MfaChanged);
        await (await core.OpenMailboxAsync()).WaitForAsync(tenant.Developer.Email, "removed two-factor authentication", Stop);
    }

    [Fact]
    public async Task There_is_nothing_to_reset_without_a_second_factor_and_not_one_s_own()
    {
        var tenant = await core.NewTenantAsync();
        await GiveMfaAsync(tenant.Admin);

        Assert.Equal(TeamErrors.NoMfa, (await ResetAsync(tenant, tenant.Developer)).Error);
        Assert.Equal(TeamErrors.OwnMfa, (await ResetAsync(tenant, tenant.Admin)).Error);
        Assert.Equal((2, 3), await CountFactorsAsync(tenant.Admin));
    }

    [Fact]
    public async Task The_operator_helps_the_last_admin_by_address()
    {
        var tenant = await core.NewTenantAsync();
        await GiveMfaAsync(tenant.Admin);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () =>
            Assert.True((await core.Get<ResetMemberMfa>().HandleForOperatorAsync($" {tenant.Admin.Email.ToUpperInvariant()} ", Stop)).Succeeded)));

        Assert.Equal((ActorKind.System, $"command line mfa.reset {tenant.Admin.Email} {{}}"), (entry.ActorKind, entry.Line()));
        Assert.False((await core.ReadAsync(tenant.Admin)).TwoFactorEnabled);
        await AssertEndedAsync(tenant.Admin, SessionEnd.MfaChanged);
        Assert.Equal(TeamErrors.NoSuchMember, (await core.Get<ResetMemberMfa>().HandleForOperatorAsync("nobody@nowhere.example", Stop)).Error);
        Assert.Equal(TeamErrors.NoMfa, (await core.Get<ResetMemberMfa>().HandleForOperatorAsync(tenant.Developer.Email, Stop)).Error);
    }

    private async Task GiveMfaAsync(TestMember member)
    {
        await core.ChangeAsync(member, row => row.TwoFactorEnabled = true);
        await using var db = core.Db.Open(member.TenantId);
        foreach (var confirmed in new[] { true, false })
            db.Add(new TotpCredential { Id = Guid.CreateVersion7(), TenantId = member.TenantId, MemberId = member.Id, Secret = [1, 2, 3], Confirmed = confirmed, CreatedAt = core.Time.GetUtcNow() });
        for (byte number = 0; number < 3; number++)
            db.Add(new RecoveryCode { Id = Guid.CreateVersion7(), TenantId = member.TenantId, MemberId = member.Id, Hash = [.. Enumerable.Repeat(number, 32)] });
        await db.SaveChangesAsync(Stop);
    }

    private async Task<(int Credentials, int Codes)> CountFactorsAsync(TestMember member)
    {
        await using var db = core.Db.Open(member.TenantId);
        return (
            await db.Set<TotpCredential>().CountAsync(row => row.MemberId == member.Id, Stop),
            await db.Set<RecoveryCode>().CountAsync(row => row.MemberId == member.Id, Stop));
    }

    private async Task<Secret> AskForResetAsync(TestMember member)
    {
        var mailbox = await core.OpenMailboxAsync();
        await core.Get<RequestPasswordReset>().HandleAsync(member.Email, TestTenants.Origin, Stop);
        return new Secret(await mailbox.WaitForLinkAsync(member.Email, new HashSet<string>(), Stop));
    }

    private async Task AssertEndedAsync(TestMember member, SessionEnd reason)
    {
        var id = member.Actor.SessionId!.Value;
        await using var db = core.Db.Open(member.TenantId);
        Assert.Equal(reason, (await db.Set<MemberSession>().SingleAsync(row => row.Id == id, Stop)).EndReason);
        Assert.Equal(ChangeKind.SessionEnded, Assert.Single(await core.ChangesOfAsync(id)).Kind);
        Assert.Null(await core.Get<CheckSession>().FindAsync(member.TenantId, id, Stop));
    }

    private async Task<DeactivationPreview?> PreviewAsync(TestTenant tenant, TestMember member) =>
        (await core.Get<PreviewDeactivation>().HandleAsync(member.Id, await core.AdminAsync(tenant), Stop)).Value;

    private Task<Result<SignInProgress>> SignInAsync(TestMember member) => core.Get<SignInWithPassword>().HandleAsync(member.Email, TestMember.Secret, TestTenants.Origin, Stop);

    private async Task<Result> ReactivateAsync(TestTenant tenant, TestMember member) => await core.Get<ReactivateMember>().HandleAsync(member.Id, await core.AdminAsync(tenant), Stop);

    private async Task<Result> ResetAsync(TestTenant tenant, TestMember member) => await core.Get<ResetMemberMfa>().HandleAsync(member.Id, await core.AdminAsync(tenant), Stop);

    public sealed class OnSqlite(SqliteCore core) : ChangeMemberTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ChangeMemberTests(core), IClassFixture<PostgreSqlCore>;
}
