using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.Profile;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Xunit;

namespace FinConsole.Tests.SignIn;

public abstract class StepUpTests(CoreHost core)
{
    private static readonly TimeSpan JustOver = MemberSession.ConfirmationLife + TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_sign_in_counts_for_five_minutes_and_a_confirmation_for_five_more()
    {
        var member = (await core.NewTenantAsync()).Developer;
        core.Time.Advance(MemberSession.ConfirmationLife);
        Assert.True(await IsProvenAsync(member.Actor));
        core.Time.Advance(TimeSpan.FromTicks(1));
        Assert.False(await IsProvenAsync(member.Actor));

        Assert.True((await ConfirmAsync(member.Actor, TestMember.Secret)).Succeeded);

        Assert.True(await IsProvenAsync(member.Actor));
        core.Time.Advance(JustOver);
        Assert.False(await IsProvenAsync(member.Actor));
    }

    [Fact]
    public async Task Counts_for_the_session_that_confirmed_and_no_other()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var other = await core.NewSessionAsync(member);
        core.Time.Advance(JustOver);

        await ConfirmAsync(member.Actor, TestMember.Secret);

        Assert.True(await IsProvenAsync(member.Actor));
        Assert.False(await IsProvenAsync(other));
    }

    [Fact]
    public async Task An_empty_password_is_asked_for_and_counts_as_no_failure()
    {
        var member = (await core.NewTenantAsync()).Developer;

        var refused = await ConfirmAsync(member.Actor, new Secret(""));

        Assert.Equal("Enter your current password.", refused.Error!.Fields["Password"]);
        Assert.Empty(await core.AttemptsAsync(member.TenantId));
    }

    [Fact]
    public async Task Is_in_the_log_and_in_login_history()
    {
        var member = (await core.NewTenantAsync()).Developer;

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, () => ConfirmAsync(member.Actor, TestMember.Secret)));

        Assert.Equal((AuditAction.SessionConfirm, member.Actor.SessionId, """{"method":"password"}"""), (entry.Action, entry.ResourceId, entry.Metadata));
        var attempt = Assert.Single(await core.AttemptsAsync(member.TenantId));
        Assert.Equal((SignInChannel.StepUp, LoginOutcome.Success, member.Actor.SessionId), (attempt.Way, attempt.Outcome, attempt.SessionId));
    }

    [Fact]
    public async Task A_wrong_password_confirms_nothing_counts_as_a_failure_and_is_said_at_its_field()
    {
        var member = (await core.NewTenantAsync()).Developer;
        core.Time.Advance(JustOver);

        var refused = await ConfirmAsync(member.Actor, new Secret("not the password"));

        Assert.Equal(("wrong_password", "Password"), (refused.Error?.Code, refused.Error?.Fields.Keys.Single()));
        Assert.False(await IsProvenAsync(member.Actor));
        Assert.Equal(1, (await core.ReadAsync(member)).AccessFailedCount);
        Assert.Equal((SignInChannel.StepUp, LoginOutcome.WrongPassword), Assert.Single((await core.AttemptsAsync(member.TenantId)).Select(attempt => (attempt.Way, attempt.Outcome))));
    }

    [Fact]
    public async Task Asks_for_the_code_as_well_where_there_is_a_second_factor()
    {
        var member = (await core.NewTenantAsync()).Developer;
        Assert.Equal(new ConfirmationForm(member.Email, HasMfa: false), (await core.Get<ConfirmIdentity>().AskAsync(member.Actor, Stop)).Value);
        var phone = await core.EnrolAsync(member, member.Actor);
        core.Time.Advance(JustOver);
        Assert.Equal(new ConfirmationForm(member.Email, HasMfa: true), (await core.Get<ConfirmIdentity>().AskAsync(member.Actor, Stop)).Value);

        var none = await ConfirmAsync(member.Actor, TestMember.Secret);
        var wrong = await ConfirmAsync(member.Actor, TestMember.Secret, phone.WrongCode());
        Assert.False(await IsProvenAsync(member.Actor));
        var code = phone.Code();
        var permission = await ConfirmAsync(member.Actor, TestMember.Secret, code);

        Assert.Equal(("mfa_required", "Code"), (none.Error?.Code, none.Error?.Fields.Keys.Single()));
        Assert.Equal(("wrong_code", "Code"), (wrong.Error?.Code, wrong.Error?.Fields.Keys.Single()));
        Assert.True(permission.Succeeded);
        Assert.True(await IsProvenAsync(member.Actor));
        Assert.Equal("wrong_code", (await ConfirmAsync(member.Actor, TestMember.Secret, code)).Error?.Code);
        Assert.Equal(
            [LoginOutcome.MfaFailed, LoginOutcome.MfaPassed, LoginOutcome.MfaFailed],
            (await core.AttemptsAsync(member.TenantId)).Where(attempt => attempt.Way == SignInChannel.StepUp).Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_recovery_code_does_in_place_of_a_lost_phone_so_that_it_can_be_replaced()
    {
        var mail = await core.OpenMailboxAsync();
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member, member.Actor);
        core.Time.Advance(JustOver);

        Assert.True((await ConfirmAsync(member.Actor, TestMember.Secret, phone.Recovery[0])).Succeeded);

        await mail.WaitForAsync(member.Email, "9 are left.", Stop);
        Assert.True((await core.Get<BeginMfaEnrolment>().HandleAsync(member.Actor, Stop)).Succeeded);
        Assert.Equal(9, (await core.Get<GetMfa>().HandleAsync(member.Actor, Stop)).Value!.CodesLeft);
    }

    [Fact]
    public async Task Wrong_codes_lock_here_as_they_do_at_the_door()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member, member.Actor);
        for (var tries = 0; tries < 5; tries++)
            await ConfirmAsync(member.Actor, TestMember.Secret, phone.WrongCode());

        Assert.Equal("wrong_password", (await ConfirmAsync(member.Actor, TestMember.Secret, phone.NextCode())).Error?.Code);
        Assert.NotNull((await core.ReadAsync(member)).LockoutEnd);
    }

    [Fact]
    public async Task Of_64_confirmations_with_one_code_at_once_one_succeeds()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member, member.Actor);
        var code = phone.NextCode();

        var answers = await MfaSteps.AtOnceAsync(64, () => ConfirmUnlessBusyAsync(member.Actor, code));

        Assert.Single(answers, answer => answer.Succeeded);
    }

    [Fact]
    public async Task An_ended_session_can_confirm_nothing()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.Get<SignOut>().HandleAsync(member.Actor, Stop);

        Assert.Equal(AccessErrors.SessionEnded, (await ConfirmAsync(member.Actor, TestMember.Secret)).Error);
    }

    [Fact]
    public async Task Password_and_address_want_it_from_those_with_a_second_factor_since_the_password_alone_shows_too_little()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member, member.Actor);
        core.Time.Advance(JustOver);

        Assert.Equal(AccessErrors.ConfirmationNeeded, (await ChangePasswordAsync(member.Actor)).Error);
        Assert.Equal(AccessErrors.ConfirmationNeeded, (await core.Get<RequestEmailChange>().HandleAsync("new@tenant.example", TestMember.Secret, member.Actor, Stop)).Error);
        await ConfirmAsync(member.Actor, TestMember.Secret, phone.Code());
        Assert.True((await ChangePasswordAsync(member.Actor)).Succeeded);
    }

    [Fact]
    public async Task A_password_of_eight_characters_does_beside_a_second_factor()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var shorter = new Secret("x7#Kq!vM2");

        Assert.Equal("weak_password", (await ChangePasswordAsync(member.Actor, shorter)).Error?.Code);
        await core.EnrolAsync(member, member.Actor);

        Assert.True((await ChangePasswordAsync(member.Actor, shorter)).Succeeded);
    }

    private async Task<bool> IsProvenAsync(Actor actor)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        var refusal = await core.Get<PermissionGuard>().CheckAsync(actor, Permission.UseOwnAccount, subject, Stop, proof: Proof.Recent);
        Assert.True(refusal is null || refusal == AccessErrors.ConfirmationNeeded, refusal?.ToString());
        return refusal is null;
    }

    private Task<Result> ChangePasswordAsync(Actor actor, Secret? password = null) =>
        core.Get<ChangePassword>().HandleAsync(TestMember.Secret, password ?? new Secret("marmot-glacier-tuba-93"), actor, Stop);

    private Task<Result> ConfirmAsync(Actor actor, Secret password, Secret? code = null) =>
        core.Get<ConfirmIdentity>().HandleAsync(password, code ?? new Secret(""), actor, Stop);

    private async Task<Result> ConfirmUnlessBusyAsync(Actor actor, Secret code)
    {
        while (true)
        {
            var answer = await ConfirmAsync(actor, TestMember.Secret, code);
            if (answer.Error != SignInErrors.Busy)
                return answer;
        }
    }

    public sealed class OnSqlite(SqliteCore core) : StepUpTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : StepUpTests(core), IClassFixture<PostgreSqlCore>;
}
