using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>No sign-in of this account has come from the country.</summary>
public sealed class NewCountry : IRiskRule
{
    public RiskReasons Reason => RiskReasons.NewCountry;

    /// <remarks>What counts as enough are sign-ins whose country was known: five from a private network say nothing of countries.</remarks>
    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past) =>
        attempt.Country is not { } country || past.Account is not { } account || account.Countries.Sum(seen => seen.SignIns) < AccountPast.Enough
            ? RuleResult.CannotTell
            : account.Countries.Any(seen => seen.Country == country) ? RuleResult.Clear : RuleResult.Flagged(country);
}
