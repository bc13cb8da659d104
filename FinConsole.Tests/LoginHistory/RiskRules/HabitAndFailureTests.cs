using FinConsole.Core.LoginHistory.RiskRules;
using Xunit;
using static FinConsole.Tests.LoginHistory.RiskRules.Samples;

namespace FinConsole.Tests.LoginHistory.RiskRules;

public sealed class UnusualHourTests
{
    private readonly UnusualHour _rule = new();

    [Fact]
    public void Flags_an_hour_at_which_the_account_never_signs_in() => Assert.Equal(RuleResult.Flagged("3"), _rule.Evaluate(Attempt with { Hour = 3 }, Past));

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void Passes_the_usual_hour_and_its_neighbours(int hour) => Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt with { Hour = hour }, Past));

    [Fact]
    public void Midnight_has_neighbours_on_both_sides()
    {
        var late = With(account => account with { SignInsByHour = Hours((23, 40)) });

        Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt with { Hour = 0 }, late));
        Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt with { Hour = 22 }, late));
        Assert.Equal(RuleFinding.Flagged, _rule.Evaluate(Attempt with { Hour = 1 }, late).Finding);
    }

    [Fact]
    public void One_sign_in_in_fifty_makes_an_hour_usual()
    {
        Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt with { Hour = 3 }, With(account => account with { SignIns = 50, SignInsByHour = Hours((9, 49), (3, 1)) })));
        Assert.Equal(RuleFinding.Flagged, _rule.Evaluate(Attempt with { Hour = 3 }, With(account => account with { SignIns = 51, SignInsByHour = Hours((9, 50), (3, 1)) })).Finding);
    }

    [Fact]
    public void Cannot_tell_of_an_unknown_account_or_before_twenty_sign_ins()
    {
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Hour = null }, Nobody));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Hour = 3 }, With(account => account with { SignIns = 19, SignInsByHour = Hours((9, 19)) })));
        Assert.Equal(RuleFinding.Flagged, _rule.Evaluate(Attempt with { Hour = 3 }, With(account => account with { SignIns = 20, SignInsByHour = Hours((9, 20)) })).Finding);
    }
}

public sealed class FailuresBeforeTests
{
    private readonly FailuresBefore _rule = new();

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(17, true)]
    public void Flags_from_three_failures_on(int failures, bool flagged) =>
        Assert.Equal(
            flagged ? RuleResult.Flagged(failures.ToString(System.Globalization.CultureInfo.InvariantCulture)) : RuleResult.Clear,
            _rule.Evaluate(Attempt, With(account => account with { Failures = failures })));

    [Fact]
    public void Cannot_tell_of_an_unknown_account() => Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, Nobody));
}

public sealed class RepeatedMfaFailuresTests
{
    private readonly RepeatedMfaFailures _rule = new();

    [Fact]
    public void Flags_the_third_failure_and_what_follows_it()
    {
        Assert.Equal(RuleResult.Flagged("3"), _rule.Evaluate(Attempt with { Failed = true, FailedAtMfa = true }, With(account => account with { MfaFailures = 2 })));
        Assert.Equal(RuleResult.Flagged("3"), _rule.Evaluate(Attempt, With(account => account with { MfaFailures = 3 })));
    }

    [Fact]
    public void Passes_two() => Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt, With(account => account with { MfaFailures = 2, Failures = 9 })));

    [Fact]
    public void Cannot_tell_of_an_unknown_account() => Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, Nobody));
}

public sealed class ManyAccountsFromOneIpTests
{
    private readonly ManyAccountsFromOneIp _rule = new();

    [Fact]
    public void Flags_the_fifth_account_that_fails_from_one_address() =>
        Assert.Equal(RuleResult.Flagged("5"), _rule.Evaluate(Attempt with { Failed = true }, Past with { FailedAccountsFromIp = 4 }));

    [Fact]
    public void Flags_a_success_from_the_address_of_a_spray() => Assert.Equal(RuleResult.Flagged("9"), _rule.Evaluate(Attempt, Past with { FailedAccountsFromIp = 9 }));

    [Fact]
    public void Passes_four_accounts_and_an_office_that_signs_in()
    {
        Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt with { Failed = true }, Past with { FailedAccountsFromIp = 3 }));
        Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt, Past with { FailedAccountsFromIp = 4 }));
    }

    [Fact]
    public void Does_not_count_a_token_as_an_account() =>
        Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt with { Failed = true, Token = TokenStanding.Retired, OnAccount = false }, Past with { FailedAccountsFromIp = 4 }));

    [Fact]
    public void Judges_unknown_accounts_and_private_addresses_too() =>
        Assert.Equal(RuleFinding.Flagged, _rule.Evaluate(Attempt with { Ip = "10.0.0.9", Failed = true }, new AttemptPast(null, 4)).Finding);

    [Fact]
    public void Cannot_tell_without_an_address() => Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Ip = null }, Past));
}

public sealed class RetiredTokenUsedTests
{
    private readonly RetiredTokenUsed _rule = new();

    [Fact]
    public void Flags_a_token_that_has_ended() => Assert.Equal(RuleResult.Flagged(), _rule.Evaluate(Attempt with { Token = TokenStanding.Retired }, Nobody));

    [Theory]
    [InlineData(TokenStanding.None)]
    [InlineData(TokenStanding.Live)]
    public void Passes_passwords_and_live_tokens(TokenStanding token) => Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt with { Token = token }, Past));

    [Fact]
    public void Cannot_tell_of_a_token_that_is_none_of_ours() => Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Token = TokenStanding.Unknown }, Nobody));
}
