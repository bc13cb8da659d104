using System.Globalization;
using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>Several attempts on the account failed in the hour before, and none has succeeded since.</summary>
public sealed class FailuresBefore : IRiskRule
{
    /// <summary>Two mistypings are an ordinary morning.</summary>
    public const int Several = 3;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public RiskReasons Reason => RiskReasons.FailuresBefore;

    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past) =>
        past.Account is not { } account ? RuleResult.CannotTell
        : account.Failures >= Several ? RuleResult.Flagged(account.Failures.ToString(CultureInfo.InvariantCulture))
        : RuleResult.Clear;
}
