using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Core.Tenants;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Xunit;

namespace FinConsole.Tests.SignIn;

/// <summary>Passwords, codes and addresses with what is no character in them, at every door: a wrong try like any other, which login history shows.</summary>
public abstract class IllFormedTextTests(CoreHost core)
{
    public static TheoryData<string> Doors => [.. AllDoors.Keys];

    private static readonly string[] IllFormed = ["violet\uFFFEkettle", "\uD800", "\uDC69\uD83D", .. NaughtyStrings.Noncharacters.Take(2), "violet\uFFFFkettle"];

    private static readonly Dictionary<string, (Func<TestTenant, TestMember> Whose, SignInChannel Way, Func<CoreHost, TestTenant, Secret, Task<bool>> TryAsync)> AllDoors = new()
    {
        ["console"] = (tenant => tenant.Developer, SignInChannel.Console, async (core, tenant, text) =>
            (await core.Get<SignInWithPassword>().HandleAsync(tenant.Developer.Email, text, TestTenants.Origin, Stop)).Succeeded),
        ["program"] = (tenant => tenant.Developer, SignInChannel.Api, async (core, tenant, text) =>
            (await core.Get<SignInProgram>().HandleAsync(tenant.Developer.Email, text, new Secret(""), TestTenants.Origin, Stop)).Succeeded),
        ["step-up"] = (tenant => tenant.Developer, SignInChannel.StepUp, async (core, tenant, text) =>
            (await core.Get<ConfirmIdentity>().HandleAsync(text, new Secret(""), tenant.Developer.Actor, Stop)).Succeeded),
        ["password change"] = (tenant => tenant.Developer, SignInChannel.StepUp, async (core, tenant, text) =>
            (await core.Get<ChangePassword>().HandleAsync(text, new Secret("nine copper lanterns at dusk"), tenant.Developer.Actor, Stop)).Succeeded),
        ["cashier check"] = (tenant => tenant.Cashier, SignInChannel.CashierCheck, async (core, tenant, text) =>
            (await core.Get<CreateApiToken>().HandleAsync(
                TokenSteps.RequestFor(tenant) with { Cashier = new CashierCredentials(tenant.Cashier.Email, text) }, await core.NewSessionAsync(tenant.Developer), Stop)).Succeeded),
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Each_try_stands_in_login_history_and_counts_like_any_wrong_password(string door)
    {
        var (whose, way, tryAsync) = AllDoors[door];
        var tenant = await core.NewTenantAsync();

        foreach (var text in IllFormed)
            Assert.False(await tryAsync(core, tenant, new Secret(text)));

        var attempts = await core.AttemptsAsync(tenant.Id);
        Assert.All(attempts, attempt => Assert.Equal((way, whose(tenant).Email, whose(tenant).Id), (attempt.Way, attempt.Account, attempt.MemberId)));
        Assert.Equal([.. Enumerable.Repeat(LoginOutcome.WrongPassword, 5), LoginOutcome.Locked], attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(5, (await core.ReadAsync(whose(tenant))).AccessFailedCount);
    }

    [Fact]
    public async Task Each_code_stands_in_login_history_and_counts_like_any_wrong_code()
    {
        var tenant = await core.NewTenantAsync();
        await core.EnrolAsync(tenant.Developer);
        var challenge = await core.ChallengeAsync(tenant.Developer);
        var before = (await core.AttemptsAsync(tenant.Id)).Count;

        foreach (var text in IllFormed.Take(4))
            Assert.Equal(SignInErrors.WrongCode, (await core.RespondAsync(challenge, new Secret(text), SecondFactors.RecoveryCode)).Error);

        Assert.Equal(4, (await core.ReadAsync(tenant.Developer)).AccessFailedCount);
        Assert.Equal(Enumerable.Repeat(LoginOutcome.MfaFailed, 4), (await core.AttemptsAsync(tenant.Id)).Skip(before).Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task An_address_that_is_no_text_is_an_unknown_account_and_shown_with_a_mark_where_it_is_none()
    {
        foreach (var text in IllFormed)
        {
            var origin = TestTenants.Origin with { CorrelationId = Guid.NewGuid().ToString("N") };
            Assert.Equal(SignInErrors.InvalidCredentials, (await core.Get<SignInWithPassword>().HandleAsync(text + "@nobody.example", TestMember.Secret, origin, Stop)).Error);

            var attempt = Assert.Single(await core.AttemptsAsync(Tenant.Operator), attempt => attempt.CorrelationId == origin.CorrelationId);
            Assert.Equal((LoginOutcome.UnknownAccount, UnicodeText.Repair(text) + "@nobody.example"), (attempt.Outcome, attempt.Account));
            Assert.Contains('\uFFFD', attempt.Account);
        }
    }

    [Fact]
    public async Task A_password_is_still_good_that_was_set_with_a_noncharacter_in_it()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.ChangeAsync(member, row => row.PasswordHash = core.Hasher.HashPassword(null!, "marble wagon \uFFFF thicket"));

        Assert.True((await core.Get<SignInWithPassword>().HandleAsync(member.Email, new Secret("marble wagon \uFFFF thicket"), TestTenants.Origin, Stop)).Succeeded);
    }

    public sealed class OnSqlite(SqliteCore core) : IllFormedTextTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : IllFormedTextTests(core), IClassFixture<PostgreSqlCore>;
}
