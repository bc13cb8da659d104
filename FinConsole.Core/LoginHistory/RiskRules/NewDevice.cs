using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>Browser family and operating system have never been seen together at a sign-in of this account. A new version is no new device.</summary>
public sealed class NewDevice : IRiskRule
{
    public RiskReasons Reason => RiskReasons.NewDevice;

    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past) =>
        attempt.Device is null || past.Account is not { IsEnough: true } account ? RuleResult.CannotTell : RuleResult.FlaggedIf(!account.KnowsDevice);
}
