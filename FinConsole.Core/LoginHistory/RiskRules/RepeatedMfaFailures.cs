using System.Globalization;
using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>The second factor failed again and again in the last hour, this attempt included: somebody has the password and lacks the phone.</summary>
public sealed class RepeatedMfaFailures : IRiskRule
{
    public const int Several = 3;

    public RiskReasons Reason => RiskReasons.RepeatedMfaFailures;

    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past)
    {
        if (past.Account is not { } account)
            return RuleResult.CannotTell;
        var failures = account.MfaFailures + (attempt.FailedAtMfa ? 1 : 0);
        return failures >= Several ? RuleResult.Flagged(failures.ToString(CultureInfo.InvariantCulture)) : RuleResult.Clear;
    }
}
