using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Mfa;

public abstract class MfaEnrolmentTests(CoreHost core)
{
    [Fact]
    public async Task Is_in_force_from_its_first_code_on_and_not_before()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var secret = await core.BeginAsync(member.Actor);
        Assert.False((await core.ReadAsync(member)).TwoFactorEnabled);
        Assert.Null((await ViewAsync(member.Actor)).OnSince);

        var confirmed = await ConfirmAsync(new Authenticator(core, secret, []).Code(), member.Actor);

        Assert.True(confirmed.Succeeded);
        Assert.True((await core.ReadAsync(member)).TwoFactorEnabled);
        Assert.Equal(new MfaView(core.Time.GetUtcNow(), 10, Required: false), await ViewAsync(member.Actor));
    }

    [Fact]
    public async Task Answers_ten_different_recovery_codes_of_128_bits_and_keeps_their_hashes_alone()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);

        var codes = phone.Recovery.Select(code => code.Reveal()).ToList();
        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){3}-[0-9a-hjkmnp-tv-z]{5}[0-7]$", code));
        await using var db = core.Db.Open(member.TenantId);
        var stored = await db.Set<RecoveryCode>().Where(code => code.MemberId == member.Id).Select(code => code.Hash).ToListAsync(Stop);
        Assert.Equal(phone.Recovery.Select(code => Convert.ToHexString(RecoveryCodeText.HashOf(code)!)).Order(), stored.Select(Convert.ToHexString).Order());
    }

    [Fact]
    public async Task Is_written_to_the_log_once_and_told_by_letter()
    {
        var mail = await core.OpenMailboxAsync();
        var member = (await core.NewTenantAsync()).Developer;

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, () => core.EnrolAsync(member)));

        Assert.Equal((AuditAction.MfaEnrol, member.Id, AuditResult.Success), (entry.Action, entry.ResourceId, entry.Result));
        Assert.Equal("""{"method":"authenticator app","count":10}""", entry.Metadata);
        await mail.WaitForAsync(member.Email, "an authenticator app was set up", Stop);
    }

    [Fact]
    public async Task Ends_the_member_s_other_sessions_and_nobody_else_s()
    {
        var tenant = await core.NewTenantAsync();
        var other = await core.NewSessionAsync(tenant.Developer);

        await core.EnrolAsync(tenant.Developer, tenant.Developer.Actor);

        Assert.True(await LivesAsync(tenant.Developer.Actor));
        Assert.False(await LivesAsync(other));
        Assert.True(await LivesAsync(tenant.Admin.Actor));
    }

    [Fact]
    public async Task A_wrong_first_code_changes_nothing_and_the_next_try_may_be_right()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = new Authenticator(core, await core.BeginAsync(member.Actor), []);

        var refused = await ConfirmAsync(phone.WrongCode(), member.Actor);

        Assert.Equal(MfaErrors.WrongFirstCode.Code, refused.Error?.Code);
        Assert.Contains("Code", refused.Error!.Fields.Keys);
        Assert.False((await core.ReadAsync(member)).TwoFactorEnabled);
        Assert.True((await ConfirmAsync(phone.Code(), member.Actor)).Succeeded);
    }

    [Fact]
    public async Task Has_to_be_begun_anew_after_fifteen_minutes()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = new Authenticator(core, await core.BeginAsync(member.Actor), []);
        core.Time.Advance(BeginMfaEnrolment.Life);

        Assert.Equal(MfaErrors.NothingBegun, (await ConfirmAsync(phone.Code(), await core.NewSessionAsync(member))).Error);
    }

    [Fact]
    public async Task The_latest_of_two_begun_setups_counts()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var first = new Authenticator(core, await core.BeginAsync(member.Actor), []);
        var second = new Authenticator(core, await core.BeginAsync(member.Actor), []);

        Assert.False((await ConfirmAsync(first.Code(), member.Actor)).Succeeded);
        Assert.True((await ConfirmAsync(second.Code(), member.Actor)).Succeeded);
    }

    [Fact]
    public async Task One_begun_and_not_confirmed_leaves_the_one_in_force_alone()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var old = await core.EnrolAsync(member, member.Actor);

        await core.BeginAsync(member.Actor);

        Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), old.NextCode())).Succeeded);
    }

    [Fact]
    public async Task Moving_to_another_app_ends_the_old_one_and_its_recovery_codes()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var old = await core.EnrolAsync(member, member.Actor);
        var moved = await core.EnrolAsync(member, member.Actor);

        Assert.False((await core.RespondAsync(await core.ChallengeAsync(member), old.NextCode())).Succeeded);
        Assert.False((await core.RespondAsync(await core.ChallengeAsync(member), old.Recovery[0], SecondFactors.RecoveryCode)).Succeeded);
        Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), moved.Code())).Succeeded);
        Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), moved.Recovery[0], SecondFactors.RecoveryCode)).Succeeded);
    }

    [Fact]
    public async Task Of_64_confirmations_at_once_one_succeeds_and_its_ten_codes_are_the_ones_that_work()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = new Authenticator(core, await core.BeginAsync(member.Actor), []);

        Result<IReadOnlyList<Secret>>[] answers = [];
        var entries = await core.AuditOfAsync(member.TenantId, async () => answers = await MfaSteps.AtOnceAsync(64, () => ConfirmAsync(phone.Code(), member.Actor)));

        var won = Assert.Single(answers, answer => answer.Succeeded).Value!;
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal(MfaErrors.NothingBegun, answer.Error));
        Assert.Single(entries);
        Assert.Equal(10, (await ViewAsync(member.Actor)).CodesLeft);
        Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), won[9], SecondFactors.RecoveryCode)).Succeeded);
    }

    [Fact]
    public async Task Beginning_renewing_and_turning_off_want_a_recent_confirmation_and_confirming_does_not()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = new Authenticator(core, await core.BeginAsync(member.Actor), []);
        core.Time.Advance(MemberSession.ConfirmationLife + TimeSpan.FromTicks(1));

        Assert.Equal(AccessErrors.ConfirmationNeeded, (await core.Get<BeginMfaEnrolment>().HandleAsync(member.Actor, Stop)).Error);
        Assert.True((await ConfirmAsync(phone.Code(), member.Actor)).Succeeded);
        Assert.Equal(AccessErrors.ConfirmationNeeded, (await RenewAsync(member.Actor)).Error);
        Assert.Equal(AccessErrors.ConfirmationNeeded, (await TurnOffAsync(member.Actor)).Error);
    }

    [Fact]
    public async Task New_recovery_codes_end_the_earlier_ones_and_are_logged_and_told()
    {
        var mail = await core.OpenMailboxAsync();
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member, member.Actor);

        Result<IReadOnlyList<Secret>> renewed = default;
        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () => renewed = await RenewAsync(member.Actor)));

        Assert.Equal((AuditAction.MfaRecoveryCodes, AuditResult.Success), (entry.Action, entry.Result));
        Assert.Empty(renewed.Value!.Select(code => code.Reveal()).Intersect(phone.Recovery.Select(code => code.Reveal())));
        Assert.False((await core.RespondAsync(await core.ChallengeAsync(member), phone.Recovery[0], SecondFactors.RecoveryCode)).Succeeded);
        Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), renewed.Value![0], SecondFactors.RecoveryCode)).Succeeded);
        await mail.WaitForAsync(member.Email, "new recovery codes were made", Stop);
    }

    [Fact]
    public async Task Without_a_second_factor_there_are_no_recovery_codes_to_make_and_nothing_to_turn_off()
    {
        var member = (await core.NewTenantAsync()).Developer;

        Assert.Equal(MfaErrors.NotOn, (await RenewAsync(member.Actor)).Error);
        Assert.Equal(MfaErrors.NotOn, (await TurnOffAsync(member.Actor)).Error);
        Assert.Empty(await core.AuditAsync(member.TenantId));
    }

    [Fact]
    public async Task Turned_off_the_password_alone_signs_in_and_other_sessions_have_ended()
    {
        var mail = await core.OpenMailboxAsync();
        var member = (await core.NewTenantAsync()).Developer;
        await core.EnrolAsync(member, member.Actor);
        var other = await core.NewSessionAsync(member);

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () => Assert.True((await TurnOffAsync(member.Actor)).Succeeded)));

        Assert.Equal((AuditAction.MfaTurnOff, AuditResult.Success), (entry.Action, entry.Result));
        Assert.Equal(new MfaView(null, 0, Required: false), await ViewAsync(member.Actor));
        Assert.False(await LivesAsync(other));
        Assert.NotNull((await core.Get<Core.SignIn.SignInWithPassword>().HandleAsync(member.Email, TestMember.Secret, TestTenants.Origin, Stop)).Value?.Session);
        await mail.WaitForAsync(member.Email, "was turned off", Stop);
    }

    [Fact]
    public async Task Emails_go_to_the_address_in_force_also_from_a_page_that_was_open_before_it_changed()
    {
        var mail = await core.OpenMailboxAsync();
        var member = (await core.NewTenantAsync()).Developer;
        var email = $"now-{member.Email}";
        await core.ChangeAsync(member, row => (row.Email, row.NormalizedEmail) = (email, Emails.Normalize(email)));

        var phone = await core.EnrolAsync(member, member.Actor);
        Assert.True((await core.Get<ConfirmIdentity>().HandleAsync(TestMember.Secret, phone.Recovery[0], member.Actor, Stop)).Succeeded);
        Assert.True((await RenewAsync(member.Actor)).Succeeded);
        Assert.True((await TurnOffAsync(member.Actor)).Succeeded);

        foreach (var text in (string[])["an authenticator app was set up", "9 are left.", "new recovery codes were made", "was turned off"])
            await mail.WaitForAsync(email, text, Stop);
        Assert.False(mail.Holds(member.Email));
        Assert.Equal(email, (await core.AttemptsAsync(member.TenantId))[^1].Account);
    }

    [Fact]
    public async Task Cannot_be_turned_off_where_the_tenant_requires_it()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.EnrolAsync(member, member.Actor);
        await RequireAsync(member.TenantId);

        Assert.Equal(MfaErrors.Required, (await TurnOffAsync(member.Actor)).Error);
        Assert.True((await core.ReadAsync(member)).TwoFactorEnabled);
    }

    private async Task RequireAsync(Guid tenantId)
    {
        await using var db = core.Db.OpenForOperator();
        await db.Set<Tenant>().Where(tenant => tenant.Id == tenantId).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.RequiresMfa, true), Stop);
    }

    private async Task<MfaView> ViewAsync(Actor actor) => (await core.Get<GetMfa>().HandleAsync(actor, Stop)).Value!;

    private Task<bool> LivesAsync(Actor actor) => core.Get<CheckSession>().IsLiveAsync(actor.TenantId, actor.SessionId!.Value, Stop);

    private Task<Result<IReadOnlyList<Secret>>> ConfirmAsync(Secret code, Actor actor) => core.Get<ConfirmMfaEnrolment>().HandleAsync(code, actor, Stop);

    private Task<Result<IReadOnlyList<Secret>>> RenewAsync(Actor actor) => core.Get<RenewRecoveryCodes>().HandleAsync(actor, Stop);

    private Task<Result> TurnOffAsync(Actor actor) => core.Get<TurnOffMfa>().HandleAsync(actor, Stop);

    public sealed class OnSqlite(SqliteCore core) : MfaEnrolmentTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : MfaEnrolmentTests(core), IClassFixture<PostgreSqlCore>;
}
