using System.Reflection;
using FinConsole.Core.LoginHistory.RiskRules;
using FinConsole.Core.Policies;
using Xunit;
using static FinConsole.Tests.LoginHistory.RiskRules.Samples;

namespace FinConsole.Tests.LoginHistory.RiskRules;

public sealed class RiskRuleBookTests
{
    [Fact]
    public void Every_rule_is_in_the_book_and_every_reason_has_one()
    {
        var rules = typeof(IRiskRule).Assembly.GetTypes().Where(type => type.IsClass && typeof(IRiskRule).IsAssignableFrom(type));

        Assert.Equal(rules.Select(type => type.Name).Order(), RiskRuleBook.Rules.Select(rule => rule.GetType().Name).Order());
        Assert.Equal(RiskPolicy.Reasons.Order(), RiskRuleBook.Rules.Select(rule => rule.Reason).Order());
    }

    [Fact]
    public void An_ordinary_morning_has_nothing_against_it_and_nothing_undecided() =>
        Assert.Equal(new RiskFindings(RiskReasons.None, RiskReasons.None, null), RiskRuleBook.Evaluate(Attempt, Past));

    [Fact]
    public void What_is_found_and_what_cannot_be_told_stand_side_by_side()
    {
        var findings = RiskRuleBook.Evaluate(Attempt with { Country = null, Hour = 3, Failed = true }, With(account => account with { KnowsIp = false, Failures = 4 }) with { FailedAccountsFromIp = 11 });

        Assert.Equal(RiskReasons.NewIp | RiskReasons.UnusualHour | RiskReasons.FailuresBefore | RiskReasons.ManyAccountsFromOneIp, findings.Flagged);
        Assert.Equal(RiskReasons.NewCountry | RiskReasons.ImpossibleTravel, findings.Undecided);
        Assert.Equal("UnusualHour=3;FailuresBefore=4;ManyAccountsFromOneIp=12", findings.Evidence);
    }

    /// <summary>Rules are pure: the same question, asked twice, has the same answer, and nothing but the question has a say.</summary>
    [Fact]
    public void Rules_hold_no_state() =>
        Assert.All(RiskRuleBook.Rules, rule => Assert.Empty(rule.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)));
}
