using System.Globalization;
using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>The second factor failed again and again in the last hour, this attempt included: somebody has the password and lacks the phone.</summary>
public sealed class RepeatedMfaFailures : IRiskRule
{
    public const int Several = 3;

    public RiskReasons Reason => RiskReasons.RepeatedMfaFailures;

    public RuleAnswer Judge(AttemptFacts attempt, AttemptPast past)
    {
        if (past.Account is not { } account)
            return RuleAnswer.CannotTell;
        var failures = account.MfaFailures + (attempt.FailedAtMfa ? 1 : 0);
        return failures >= Several ? RuleAnswer.Flagged(failures.ToString(CultureInfo.InvariantCulture)) : RuleAnswer.Clear;
    }
}
