using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn;

public abstract class SecondFactorTests(CoreHost core)
{
    [Fact]
    public async Task Password_and_code_open_one_session_and_are_one_line_of_history()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);

        Result<SignedIn> signedIn = default;
        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () => signedIn = await core.RespondAsync(await core.ChallengeAsync(member), phone.NextCode())));

        Assert.Equal((member.Id, member.TenantId, member.Email, member.Role), (signedIn.Value!.MemberId, signedIn.Value.TenantId, signedIn.Value.Email, signedIn.Value.Role));
        Assert.True(await core.Get<CheckSession>().IsLiveAsync(member.TenantId, signedIn.Value.SessionId, Stop));
        Assert.Equal((AuditAction.SessionStart, signedIn.Value.SessionId), (entry.Action, entry.ResourceId));
        Assert.Contains("password and authenticator app", entry.Metadata, StringComparison.Ordinal);
        var attempt = Assert.Single(await core.AttemptsAsync(member.TenantId));
        Assert.Equal((LoginOutcome.MfaPassed, SignInChannel.Console, signedIn.Value.SessionId), (attempt.Outcome, attempt.Way, attempt.SessionId));
    }

    [Fact]
    public async Task A_right_password_whose_code_never_comes_opens_nothing_and_stays_in_history()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.EnrolAsync(member);

        Assert.Empty(await core.AuditOfAsync(member.TenantId, () => core.ChallengeAsync(member)));

        Assert.Equal(LoginOutcome.MfaRequired, Assert.Single(await core.AttemptsAsync(member.TenantId)).Outcome);
    }

    [Fact]
    public async Task A_code_works_once_also_the_one_that_enrolment_used()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);

        Assert.Equal(SignInErrors.WrongCode, (await core.RespondAsync(await core.ChallengeAsync(member), phone.Code())).Error);
        Assert.Equal(SignInErrors.WrongCode, (await core.RespondAsync(await core.ChallengeAsync(member), phone.Code(-1))).Error);
        var next = phone.NextCode();
        Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), next)).Succeeded);
        Assert.Equal(SignInErrors.WrongCode, (await core.RespondAsync(await core.ChallengeAsync(member), next)).Error);
        Assert.Equal([LoginOutcome.MfaRequired, LoginOutcome.MfaFailed], (await core.AttemptsAsync(member.TenantId))[^2..].Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Takes_the_code_as_apps_show_it_with_a_blank_in_the_middle()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var code = phone.NextCode().Reveal();

        Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), new Secret($" {code[..3]} {code[3..]}"))).Succeeded);
    }

    [Fact]
    public async Task Of_64_tries_with_one_code_at_once_one_succeeds()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var code = phone.NextCode();
        var challenges = new System.Collections.Concurrent.ConcurrentQueue<Secret>();
        for (var count = 0; count < 64; count++)
            challenges.Enqueue(await core.ChallengeAsync(member));

        var answers = await MfaSteps.AtOnceAsync(64, () => core.RespondAsync(challenges.TryDequeue(out var challenge) ? challenge : throw new InvalidOperationException(), code));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal(SignInErrors.WrongCode, answer.Error));
        Assert.Single(await core.AttemptsAsync(member.TenantId), attempt => attempt.Outcome == LoginOutcome.MfaPassed);
    }

    [Fact]
    public async Task Of_64_tries_with_one_recovery_code_at_once_one_succeeds()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var challenges = new System.Collections.Concurrent.ConcurrentQueue<Secret>();
        for (var count = 0; count < 64; count++)
            challenges.Enqueue(await core.ChallengeAsync(member));

        var answers = await MfaSteps.AtOnceAsync(64, () =>
            core.RespondAsync(challenges.TryDequeue(out var challenge) ? challenge : throw new InvalidOperationException(), phone.Recovery[4], SecondFactors.RecoveryCode));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.Equal(9, (await core.Get<GetMfa>().HandleAsync(await core.NewSessionAsync(member), Stop)).Value!.CodesLeft);
    }

    [Fact]
    public async Task Of_ten_answers_to_one_challenge_with_different_recovery_codes_one_succeeds_and_spends_one()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var challenge = await core.ChallengeAsync(member);
        var next = -1;

        var answers = await MfaSteps.AtOnceAsync(10, () => core.RespondAsync(challenge, phone.Recovery[Interlocked.Increment(ref next)], SecondFactors.RecoveryCode));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.Equal(9, (await core.Get<GetMfa>().HandleAsync(await core.NewSessionAsync(member), Stop)).Value!.CodesLeft);
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_however_it_is_typed_and_its_owner_is_told()
    {
        var mail = await core.OpenMailboxAsync();
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var typed = phone.Recovery[0].Reveal().ToUpperInvariant().Replace('-', ' ').Replace('0', 'O').Replace('1', 'l');

        Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), new Secret(typed), SecondFactors.RecoveryCode)).Succeeded);

        Assert.Equal(LoginOutcome.RecoveryCodeUsed, Assert.Single(await core.AttemptsAsync(member.TenantId)).Outcome);
        Assert.Equal(SignInErrors.WrongCode, (await core.RespondAsync(await core.ChallengeAsync(member), phone.Recovery[0], SecondFactors.RecoveryCode)).Error);
        await mail.WaitForAsync(member.Email, "9 are left.", Stop);
    }

    [Fact]
    public async Task Each_page_takes_its_own_kind_of_code_alone()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);

        Assert.False((await core.RespondAsync(await core.ChallengeAsync(member), phone.Recovery[0])).Succeeded);
        Assert.False((await core.RespondAsync(await core.ChallengeAsync(member), phone.NextCode(), SecondFactors.RecoveryCode)).Succeeded);
    }

    [Fact]
    public async Task Nobody_s_code_opens_somebody_else_s_account()
    {
        var tenant = await core.NewTenantAsync();
        await core.EnrolAsync(tenant.Developer);
        var other = await core.EnrolAsync(tenant.Admin);

        Assert.False((await core.RespondAsync(await core.ChallengeAsync(tenant.Developer), other.NextCode())).Succeeded);
        Assert.False((await core.RespondAsync(await core.ChallengeAsync(tenant.Developer), other.Recovery[0], SecondFactors.RecoveryCode)).Succeeded);
        Assert.True((await core.RespondAsync(await core.ChallengeAsync(tenant.Admin), other.Code())).Succeeded);
    }

    [Fact]
    public async Task The_wait_for_a_code_is_over_after_five_minutes()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var challenge = await core.ChallengeAsync(member);
        core.Time.Advance(SignInChallenges.Life - TimeSpan.FromTicks(1));
        Assert.NotNull(await core.Get<SignInChallenges>().FindAsync(challenge, Stop));
        core.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(SignInErrors.ChallengeOver, (await core.RespondAsync(challenge, phone.Code())).Error);
    }

    [Fact]
    public async Task A_password_changed_meanwhile_ends_the_wait_and_so_does_a_deactivation()
    {
        var tenant = await core.NewTenantAsync();
        var (changed, gone) = (tenant.Developer, tenant.Reviewer);
        var (changedPhone, gonePhone) = (await core.EnrolAsync(changed, changed.Actor), await core.EnrolAsync(gone));
        var (changedChallenge, goneChallenge) = (await core.ChallengeAsync(changed), await core.ChallengeAsync(gone));
        var done = await core.Get<ChangePassword>().HandleAsync(TestMember.Secret, new Secret("marmot-glacier-tuba-93"), changed.Actor, Stop);
        Assert.True(done.Succeeded, done.Error?.ToString());
        await core.ChangeAsync(gone, row => row.DeactivatedAt = core.Time.GetUtcNow());

        Assert.Equal(SignInErrors.ChallengeOver, (await core.RespondAsync(changedChallenge, changedPhone.NextCode())).Error);
        Assert.False((await core.RespondAsync(goneChallenge, gonePhone.Code())).Succeeded);
    }

    [Fact]
    public async Task A_tenant_closed_meanwhile_ends_the_wait()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var challenge = await core.ChallengeAsync(member);
        await using (var db = core.Db.OpenForOperator())
            await db.Set<Tenant>().Where(tenant => tenant.Id == member.TenantId).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.ClosedAt, core.Time.GetUtcNow()), Stop);

        Assert.Equal(SignInErrors.ChallengeOver, (await core.RespondAsync(challenge, phone.NextCode())).Error);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_account_and_the_right_one_is_then_refused_alike()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var challenge = await core.ChallengeAsync(member);
        for (var tries = 0; tries < 5; tries++)
            Assert.Equal(SignInErrors.WrongCode, (await core.RespondAsync(challenge, phone.WrongCode())).Error);

        Assert.Equal(SignInErrors.WrongCode, (await core.RespondAsync(challenge, phone.NextCode())).Error);
        Assert.Equal(LoginOutcome.Locked, (await core.AttemptsAsync(member.TenantId))[^1].Outcome);
        Assert.Equal(SignInErrors.InvalidCredentials, (await core.Get<SignInWithPassword>().HandleAsync(member.Email, TestMember.Secret, TestTenants.Origin, Stop)).Error);
        core.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await core.RespondAsync(challenge, phone.NextCode())).Succeeded);
        Assert.Equal((0, null), Failures(await core.ReadAsync(member)));
    }

    [Fact]
    public async Task Whoever_knows_the_password_cannot_win_more_guesses_by_typing_it_again()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        for (var tries = 0; tries < 4; tries++)
            Assert.False((await core.RespondAsync(await core.ChallengeAsync(member), phone.WrongCode())).Succeeded);
        Assert.Equal((4, null), Failures(await core.ReadAsync(member)));

        // The right password takes the fifth place and gives it back with the lock that this set.
        var challenge = await core.ChallengeAsync(member);
        Assert.Equal((4, null), Failures(await core.ReadAsync(member)));
        Assert.False((await core.RespondAsync(challenge, phone.WrongCode())).Succeeded);

        Assert.Equal((5, core.Time.GetUtcNow().AddMinutes(1)), Failures(await core.ReadAsync(member)));
    }

    [Fact]
    public async Task Of_100_wrong_codes_at_once_five_are_looked_at()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var (challenge, wrong) = (await core.ChallengeAsync(member), phone.WrongCode());

        await MfaSteps.AtOnceAsync(100, () => core.RespondAsync(challenge, wrong));

        var attempts = await core.AttemptsAsync(member.TenantId);
        Assert.Equal(5, attempts.Count(attempt => attempt.Outcome == LoginOutcome.MfaFailed));
        Assert.Equal(95, attempts.Count(attempt => attempt.Outcome == LoginOutcome.Locked));
    }

    [Fact]
    public async Task Codes_count_towards_the_limit_of_their_address()
    {
        await using var limited = core.NewInstance(services => services.Configure<RateLimitOptions>(options => options.SignInPerIpPerMinute = 20));
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var challenge = await core.ChallengeAsync(member);
        var here = TestTenants.Origin with { Ip = "198.51.100.77" };
        var signIn = limited.GetRequiredService<SignInWithSecondFactor>();
        for (var tries = 0; tries < 20; tries++)
            Assert.Equal(SignInErrors.WrongCode, (await signIn.HandleAsync(challenge, phone.WrongCode(), SecondFactors.AuthenticatorApp, here, Stop)).Error);

        Assert.Equal("too_many_tries", (await signIn.HandleAsync(challenge, phone.WrongCode(), SecondFactors.AuthenticatorApp, here, Stop)).Error?.Code);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_as_a_code(string name)
    {
        var text = new Secret(NaughtyStrings.All[name]);
        var member = (await core.NewTenantAsync()).Developer;
        await core.EnrolAsync(member);
        var challenge = await core.ChallengeAsync(member);

        Assert.Equal(SignInErrors.WrongCode, (await core.RespondAsync(challenge, text)).Error);
        Assert.Equal(SignInErrors.WrongCode, (await core.RespondAsync(challenge, text, SecondFactors.RecoveryCode)).Error);
        Assert.Equal(SignInErrors.ChallengeOver, (await core.RespondAsync(text, text)).Error);
    }

    private static (int Count, DateTimeOffset? LockedUntil) Failures(FinConsole.Core.Members.ConsoleUser row) => (row.AccessFailedCount, row.LockoutEnd);

    public sealed class OnSqlite(SqliteCore core) : SecondFactorTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : SecondFactorTests(core), IClassFixture<PostgreSqlCore>;
}
