using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>The address' network (/24 of IPv4, /48 of IPv6) has never been seen at a sign-in of this account.</summary>
public sealed class NewNetwork : IRiskRule
{
    public RiskReasons Reason => RiskReasons.NewNetwork;

    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past) =>
        attempt.Network is null || past.Account is not { IsEnough: true } account ? RuleResult.CannotTell : RuleResult.FlaggedIf(!account.KnowsNetwork);
}
