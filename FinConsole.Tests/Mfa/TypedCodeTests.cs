using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Common;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Mfa;

/// <summary>Codes in the digits of an input method, at every place that takes one.</summary>
public abstract class TypedCodeTests(CoreHost core)
{
    [Theory]
    [InlineData("０", "")]
    [InlineData("٠", " ")]
    [InlineData("०", "-")]
    [InlineData("𝟎", "\u00A0")]
    [InlineData("𝟶", "\u2011")]
    [InlineData("0", "\u3000")]
    public async Task Takes_them_to_enrol_to_sign_in_to_step_up_and_of_a_cashier(string zero, string gap)
    {
        var tenant = await core.NewTenantAsync();
        foreach (var member in new[] { tenant.Developer, tenant.Cashier })
        {
            var actor = await core.NewSessionAsync(member);
            var phone = new Authenticator(core, await core.BeginAsync(actor), []);
            Assert.True((await core.Get<ConfirmMfaEnrolment>().HandleAsync(Typed(phone.Code()), actor, Stop)).Succeeded);
            Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), Typed(phone.NextCode()))).Succeeded);
            Assert.True((await core.Get<SignInProgram>().HandleAsync(member.Email, TestMember.Secret, Typed(phone.NextCode()), TestTenants.Origin, Stop)).Succeeded);
            Assert.True((await core.Get<ConfirmIdentity>().HandleAsync(TestMember.Secret, Typed(phone.NextCode()), await core.NewSessionAsync(member), Stop)).Succeeded);
            if (member == tenant.Cashier)
            {
                var request = TokenSteps.RequestFor(tenant) with { Cashier = TokenSteps.CashierOf(tenant) with { Code = Typed(phone.NextCode()) } };
                Assert.True((await core.Get<CreateApiToken>().HandleAsync(request, await core.NewSessionAsync(tenant.Developer), Stop)).Succeeded);
            }
        }

        Secret Typed(Secret code)
        {
            var digits = code.Reveal().Select(digit => char.ConvertFromUtf32(char.ConvertToUtf32(zero, 0) + digit - '0')).ToList();
            return new Secret(string.Concat(digits[..3]) + gap + string.Concat(digits[3..]));
        }
    }

    [Fact]
    public async Task Takes_a_recovery_code_in_full_width_letters_with_any_hyphens()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var wide = string.Concat(phone.Recovery[3].Reveal().ToUpperInvariant().Select(each => each == '-' ? '\u2014' : (char)(each - '!' + '！')));

        Assert.True((await core.RespondAsync(await core.ChallengeAsync(member), new Secret($" {wide}\u200B"), SecondFactors.RecoveryCode)).Succeeded);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("٣")]
    [InlineData("①")]
    public async Task Takes_no_code_with_a_wrong_or_further_character(string further)
    {
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var challenge = await core.ChallengeAsync(member);
        core.Time.Advance(Totp.Period);

        Assert.False((await core.RespondAsync(challenge, new Secret(phone.Code().Reveal() + further))).Succeeded);
        Assert.True((await core.RespondAsync(challenge, phone.Code())).Succeeded);
    }

    public sealed class OnSqlite(SqliteCore core) : TypedCodeTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TypedCodeTests(core), IClassFixture<PostgreSqlCore>;
}
