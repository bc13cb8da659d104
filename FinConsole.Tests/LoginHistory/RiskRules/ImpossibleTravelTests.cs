using FinConsole.Core.LoginHistory.RiskRules;
using Xunit;
using static FinConsole.Tests.LoginHistory.RiskRules.Samples;

namespace FinConsole.Tests.LoginHistory.RiskRules;

public sealed class ImpossibleTravelTests
{
    private const double Minute = 1.0 / 24 / 60;

    private readonly ImpossibleTravel _rule = new();

    [Fact]
    public void Flags_two_countries_that_do_not_touch_within_two_hours_neither_seen_before() =>
        Assert.Equal(RuleResult.Flagged("BR,JP,40"), EvaluateFrom("JP", Seen("BR", 1, 40 * Minute, 40 * Minute)));

    [Fact]
    public void Flags_again_on_the_way_back_within_the_same_two_hours() =>
        Assert.Equal(RuleResult.Flagged("JP,BR,10"), EvaluateFrom("BR", Seen("BR", 1, 40 * Minute, 40 * Minute), Seen("JP", 1, 10 * Minute, 10 * Minute)));

    [Fact]
    public void Flags_a_country_that_was_last_seen_more_than_90_days_ago() =>
        Assert.Equal(RuleResult.Flagged("BR,JP,40"), EvaluateFrom("JP", Seen("BR", 1, 40 * Minute, 40 * Minute), Seen("JP", 9, 300, 91)));

    [Fact]
    public void Passes_neighbours() => Assert.Equal(RuleResult.Clear, EvaluateFrom("AR", Seen("BR", 1, 40 * Minute, 40 * Minute)));

    [Fact]
    public void Passes_the_same_country() => Assert.Equal(RuleResult.Clear, EvaluateFrom("BR", Seen("BR", 1, 40 * Minute, 40 * Minute)));

    [Fact]
    public void Passes_after_two_hours()
    {
        Assert.Equal(RuleFinding.Flagged, EvaluateFrom("JP", Seen("BR", 1, 120 * Minute, 120 * Minute)).Finding);
        Assert.Equal(RuleResult.Clear, EvaluateFrom("JP", Seen("BR", 1, 121 * Minute, 121 * Minute)));
    }

    [Fact]
    public void Passes_where_either_country_was_seen_in_the_90_days_before()
    {
        Assert.Equal(RuleResult.Clear, EvaluateFrom("JP", Seen("BR", 9, 60, 40 * Minute)));
        Assert.Equal(RuleResult.Clear, EvaluateFrom("JP", Seen("BR", 1, 40 * Minute, 40 * Minute), Seen("JP", 9, 300, 89)));
    }

    [Fact]
    public void Cannot_tell_without_a_country_of_an_unknown_account_or_before_five_sign_ins()
    {
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Country = null }, Past));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, Nobody));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, With(account => account with { SignIns = 4 })));
    }

    private RuleResult EvaluateFrom(string country, params SeenCountry[] seen) =>
        _rule.Evaluate(Attempt with { Country = country }, With(account => account with { Countries = [Seen("DE", 40, 300, 1), .. seen] }));
}
