using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

public abstract class SignInProgramTests(CoreHost core)
{
    [Fact]
    public async Task A_right_password_gets_a_pair_and_a_session_that_is_in_the_log_and_in_history()
    {
        var tenant = await core.NewTenantAsync();
        var member = tenant.Developer;

        IssuedAccess? access = null;
        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () => access = await core.SignInProgramAsync(member)));

        var session = await core.SessionOfAsync(access!);
        Assert.Equal((SessionKind.Program, "Python", member.Id, core.Time.GetUtcNow().AddDays(30)), (session.Kind, session.Device, session.MemberId, session.ExpiresAt));
        Assert.Equal((AuditAction.SessionStart, session.Id, """{"device":"Python","method":"password","kind":"Program"}"""), (entry.Action, entry.ResourceId, entry.Metadata));
        var attempt = Assert.Single(await core.AttemptsAsync(member.TenantId));
        Assert.Equal((LoginOutcome.Success, SignInChannel.Api, session.Id), (attempt.Outcome, attempt.Way, attempt.SessionId));
        Assert.Equal(
            new ProgramSession(session.Id, member.Id, tenant.Id, tenant.Name, member.Email, member.Name, Role.Developer, MfaDue: false),
            (await core.TryVerifyAsync(access!.AccessToken)).Value);
    }

    [Fact]
    public async Task The_token_says_who_for_whom_and_until_when()
    {
        var member = (await core.NewTenantAsync()).Reviewer;

        var access = await core.SignInProgramAsync(member);

        var (header, claims, now) = (AccessSteps.Part(access.AccessToken, 0), AccessSteps.Part(access.AccessToken, 1), core.Time.GetUtcNow().ToUnixTimeSeconds());
        Assert.Equal(["alg", "kid", "typ"], header.Select(member => member.Key).Order());
        Assert.Equal(("ES256", "at+jwt"), (header["alg"]!.GetValue<string>(), header["typ"]!.GetValue<string>()));
        Assert.Equal(["aud", "client_id", "exp", "iat", "iss", "jti", "role", "sid", "sub", "tid"], claims.Select(claim => claim.Key).Order());
        Assert.Equal(
            ("https://console.example", "https://console.example/api/v1", "finconsole-api", member.Id.ToString(), member.TenantId.ToString(), "reviewer"),
            (claims["iss"]!.GetValue<string>(), claims["aud"]!.GetValue<string>(), claims["client_id"]!.GetValue<string>(), claims["sub"]!.GetValue<string>(), claims["tid"]!.GetValue<string>(), claims["role"]!.GetValue<string>()));
        Assert.Equal((now, now + 3600), (claims["iat"]!.GetValue<long>(), claims["exp"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Everything_but_a_missing_code_is_answered_alike()
    {
        var tenant = await core.NewTenantAsync();
        await core.ChangeAsync(tenant.Cashier, row => row.DeactivatedAt = core.Time.GetUtcNow());
        await core.ChangeAsync(tenant.Reviewer, row => row.MustResetPassword = true);
        var phone = await core.EnrolAsync(tenant.Developer);

        Assert.Equal(SignInErrors.InvalidCredentials, (await core.TrySignInProgramAsync("nobody@nowhere.example")).Error);
        Assert.Equal(SignInErrors.InvalidCredentials, (await core.TrySignInProgramAsync(tenant.Admin.Email, password: "not this one")).Error);
        Assert.Equal(SignInErrors.InvalidCredentials, (await core.TrySignInProgramAsync(tenant.Cashier.Email)).Error);
        Assert.Equal(SignInErrors.InvalidCredentials, (await core.TrySignInProgramAsync(tenant.Reviewer.Email)).Error);
        Assert.Equal(SignInErrors.InvalidCredentials, (await core.TrySignInProgramAsync(tenant.Developer.Email, phone.WrongCode())).Error);
        Assert.Equal(SignInErrors.InvalidCredentials, (await core.TrySignInProgramAsync(tenant.Developer.Email, phone.Recovery[0])).Error);
        Assert.Equal(SignInErrors.CodeNeeded, (await core.TrySignInProgramAsync(tenant.Developer.Email)).Error);
        Assert.Equal(
            [LoginOutcome.WrongPassword, LoginOutcome.Deactivated, LoginOutcome.ResetRequired, LoginOutcome.MfaFailed, LoginOutcome.MfaFailed, LoginOutcome.MfaRequired],
            (await core.AttemptsAsync(tenant.Id)).Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_code_opens_one_session_and_never_a_second_one()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var code = (await core.EnrolAsync(member)).NextCode();

        var results = await MfaSteps.AtOnceAsync(16, () => core.TrySignInProgramAsync(member.Email, code));

        var access = Assert.Single(results, result => result.Succeeded).Value!;
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Contains(result.Error!.Code, (string[])["invalid_credentials", "busy"]));
        Assert.Equal(LoginOutcome.MfaPassed, Assert.Single(await core.AttemptsAsync(member.TenantId), attempt => attempt.Outcome.IsSuccess()).Outcome);
        Assert.True(await core.IsGoodAsync(access));
    }

    [Fact]
    public async Task Too_many_tries_from_one_address_are_told_to_wait()
    {
        await using var limited = core.NewInstance(services => services.Configure<RateLimitOptions>(options => options.SignInPerIpPerMinute = 2));
        var signIn = limited.GetRequiredService<SignInProgram>();

        Result<IssuedAccess> last = default;
        for (var tries = 0; tries < 3; tries++)
            last = await signIn.HandleAsync("nobody@nowhere.example", TestMember.Secret, new Secret(""), AccessSteps.Program, Stop);

        Assert.Equal(ErrorKind.TooManyRequests, last.Error!.Kind);
        Assert.NotNull(last.Error.RetryAfter);
    }

    [Fact]
    public async Task The_session_is_listed_has_no_idle_limit_and_ends_thirty_days_after_sign_in()
    {
        var tenant = await core.NewTenantAsync();
        var access = await core.SignInProgramAsync(tenant.Developer);
        var actor = await core.ActorOfAsync(access);

        core.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        var listed = Assert.Single((await core.Get<ListSessions>().HandleAsync(await core.NewSessionAsync(tenant.Developer), Stop)).Value!, session => !session.Current);
        Assert.Equal((actor.SessionId, SessionKind.Program, (await core.SessionOfAsync(access)).ExpiresAt), (listed.Id, listed.Kind, listed.EndsAt));
        Assert.True((await core.Get<ListSessions>().HandleAsync(actor, Stop)).Succeeded);
        access = await core.RefreshAsync(access.RefreshToken);
        core.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(AccessErrors.SessionEnded, (await core.Get<ListSessions>().HandleAsync(actor, Stop)).Error);
        Assert.False((await core.TryVerifyAsync(access.AccessToken)).Succeeded);
        Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(access.RefreshToken)).Error);
    }

    [Fact]
    public async Task No_cookie_stands_for_it_and_a_shorter_limit_for_browsers_leaves_it_alone()
    {
        var tenant = await core.NewTenantAsync();
        var access = await core.SignInProgramAsync(tenant.Developer);
        var actor = await core.ActorOfAsync(access);
        core.Time.Advance(TimeSpan.FromHours(13));
        var shorter = SessionLimits.Default with { IdleMinutes = SessionLimits.ShortestIdleMinutes, Hours = SessionLimits.ShortestHours };

        Assert.Null(await core.Get<CheckSession>().FindAsync(tenant.Id, actor.SessionId!.Value, Stop));
        Assert.Equal(0, (await core.Get<PreviewSessionLimits>().HandleAsync(shorter, await core.NewSessionAsync(tenant.Admin), Stop)).Value!.Ending);
        Assert.True((await core.Get<UpdatePolicy>().HandleAsync(PolicySettings.Default with { Sessions = shorter }, 0, await core.NewSessionAsync(tenant.Admin), Stop)).Succeeded);

        Assert.True((await core.TryRefreshAsync(access.RefreshToken)).Succeeded);
    }

    [Fact]
    public async Task Signing_out_ends_access_and_refresh_at_once()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var access = await core.SignInProgramAsync(member);
        Assert.True(await core.IsGoodAsync(access));

        await core.Get<SignOut>().HandleAsync(await core.ActorOfAsync(access), Stop, SignInChannel.Api);

        Assert.False(await core.IsGoodAsync(access));
        Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(access.RefreshToken)).Error);
        Assert.Equal(
            [(LoginOutcome.Success, SignInChannel.Api), (LoginOutcome.SignedOut, SignInChannel.Api), (LoginOutcome.SessionOver, SignInChannel.Refresh)],
            (await core.AttemptsAsync(member.TenantId)).Select(attempt => (attempt.Outcome, attempt.Way)));
    }

    public sealed class OnSqlite(SqliteCore core) : SignInProgramTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : SignInProgramTests(core), IClassFixture<PostgreSqlCore>;
}
