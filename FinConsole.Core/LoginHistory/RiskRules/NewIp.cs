using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>The address has never been seen at a sign-in of this account.</summary>
public sealed class NewIp : IRiskRule
{
    public RiskReasons Reason => RiskReasons.NewIp;

    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past) =>
        attempt.Ip is null || past.Account is not { IsEnough: true } account ? RuleResult.CannotTell : RuleResult.FlaggedIf(!account.KnowsIp);
}
