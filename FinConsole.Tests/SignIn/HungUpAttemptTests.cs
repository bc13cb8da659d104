using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Profile;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn;

/// <summary>
/// Whoever sends a password or a code and cuts the connection, at whichever statement that comes: what counts towards a lockout stands in
/// login history, and what was looked at does too.
/// </summary>
public abstract class HungUpAttemptTests(CoreHost core)
{
    private static readonly Secret Wrong = new("not-the-password-at-all");

    private readonly HangUp _hangUp = new();

    [Fact]
    public async Task A_wrong_password_that_counts_is_recorded_at_every_door()
    {
        var tenant = await core.NewTenantAsync();
        var (member, actor) = (tenant.Developer, tenant.Developer.Actor);
        var token = new CreateApiTokenRequest(
            "Hung up", TokenEnvironment.Development, TokenExpiry.Hours24, ["read:payments"], null, null, new CashierCredentials(tenant.Cashier.Email, Wrong));
        await using var instance = NewInstance();

        await EachStatementAsync(tenant, member, stop => instance.GetRequiredService<SignInWithPassword>().HandleAsync(member.Email, Wrong, TestTenants.Origin, stop));
        await EachStatementAsync(
            tenant, member, stop => instance.GetRequiredService<SignInProgram>().HandleAsync(member.Email, Wrong, new Secret(""), TestTenants.Origin, stop));
        await EachStatementAsync(tenant, member, stop => instance.GetRequiredService<ConfirmIdentity>().HandleAsync(Wrong, new Secret(""), actor, stop));
        await EachStatementAsync(
            tenant, member, stop => instance.GetRequiredService<ChangePassword>().HandleAsync(Wrong, new Secret("sandalwood hop 91 quarry"), actor, stop));
        await EachStatementAsync(tenant, member, stop => instance.GetRequiredService<RequestEmailChange>().HandleAsync("new@elsewhere.example", Wrong, actor, stop));
        await EachStatementAsync(tenant, tenant.Cashier, stop => instance.GetRequiredService<CreateApiToken>().HandleAsync(token, actor, stop));
    }

    [Fact]
    public async Task A_wrong_code_that_counts_is_recorded_at_every_door()
    {
        var tenant = await core.NewTenantAsync();
        var (member, origin) = (tenant.Developer, TestTenants.Origin);
        var phone = await core.EnrolAsync(member);
        var (till, actor) = (await core.EnrolAsync(tenant.Cashier), await core.NewSessionAsync(member));
        var challenge = await core.ChallengeAsync(member);
        var token = new CreateApiTokenRequest(
            "Hung up", TokenEnvironment.Development, TokenExpiry.Hours24, ["read:payments"], null, null,
            new CashierCredentials(tenant.Cashier.Email, TestMember.Secret, till.WrongCode()));
        await using var instance = NewInstance();

        await EachStatementAsync(
            tenant, member,
            stop => instance.GetRequiredService<SignInWithSecondFactor>().HandleAsync(challenge, phone.WrongCode(), SecondFactors.AuthenticatorApp, origin, stop));
        await EachStatementAsync(
            tenant, member, stop => instance.GetRequiredService<SignInProgram>().HandleAsync(member.Email, TestMember.Secret, phone.WrongCode(), origin, stop));
        await EachStatementAsync(tenant, member, stop => instance.GetRequiredService<ConfirmIdentity>().HandleAsync(TestMember.Secret, phone.WrongCode(), actor, stop));
        await EachStatementAsync(tenant, tenant.Cashier, stop => instance.GetRequiredService<CreateApiToken>().HandleAsync(token, actor, stop));
    }

    [Fact]
    public async Task A_right_password_that_was_looked_at_is_recorded_too()
    {
        var tenant = await core.NewTenantAsync();
        var (plain, guarded) = (tenant.Developer, tenant.Admin);
        await core.EnrolAsync(guarded);
        await using var instance = NewInstance();

        foreach (var member in (TestMember[])[plain, guarded])
        {
            await EachStatementAsync(
                tenant, member, stop => instance.GetRequiredService<SignInWithPassword>().HandleAsync(member.Email, TestMember.Secret, TestTenants.Origin, stop), looked: true);
            await EachStatementAsync(
                tenant, member, stop => instance.GetRequiredService<SignInProgram>().HandleAsync(member.Email, TestMember.Secret, new Secret(""), TestTenants.Origin, stop),
                looked: true);
        }
    }

    [Fact]
    public async Task A_refresh_token_that_comes_back_ends_its_family_though_nobody_waits_for_the_answer()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var first = await core.SignInProgramAsync(member);
        await core.RefreshAsync((await core.RefreshAsync(first.RefreshToken)).RefreshToken);
        await using var instance = NewInstance();

        for (var statement = 1; (await core.SessionOfAsync(first)).EndedAt is null; statement++)
        {
            using var stop = _hangUp.At(statement);
            await Record.ExceptionAsync(() => instance.GetRequiredService<RefreshAccess>().HandleAsync(first.RefreshToken, TestTenants.Origin, stop.Token));
            Assert.True(_hangUp.Struck, "Only a refresh that somebody waited for ended the family.");
        }

        Assert.Equal(SessionEnd.RefreshReused, (await core.SessionOfAsync(first)).EndReason);
    }

    private async Task EachStatementAsync(TestTenant tenant, TestMember member, Func<CancellationToken, Task> attempt, bool looked = false)
    {
        var struck = 0;
        do
        {
            await core.ChangeAsync(member, row => (row.AccessFailedCount, row.LockoutEnd) = (0, null));
            var (hash, rows) = ((await core.ReadAsync(member)).PasswordHash!, (await core.AttemptsAsync(tenant.Id)).Count);
            var before = core.Hasher.VerificationsOf(hash);
            using var stop = _hangUp.At(++struck);
            await Record.ExceptionAsync(() => attempt(stop.Token));

            var counted = looked ? core.Hasher.VerificationsOf(hash) - before : (await core.ReadAsync(member)).AccessFailedCount;
            var recorded = (await core.AttemptsAsync(tenant.Id))[rows..];
            Assert.Equal((struck, counted), (struck, recorded.Count(row => looked || row.Outcome is LoginOutcome.WrongPassword or LoginOutcome.MfaFailed)));
            Assert.True(_hangUp.Struck || counted == 1, "Without being cut off the attempt counts.");
        }
        while (_hangUp.Struck);
        Assert.True(struck > 3, $"Only {struck} statements were seen.");
    }

    private ServiceProvider NewInstance() => core.NewInstance(_hangUp.ListenTo);

    public sealed class OnSqlite(SqliteCore core) : HungUpAttemptTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : HungUpAttemptTests(core), IClassFixture<PostgreSqlCore>;
}
