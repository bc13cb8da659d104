using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>
/// A token that has ended was presented: a server that was forgotten in the rotation, or somebody who found the old secret
/// (fincept-security-best-practices, "Monitor Login Activity").
/// </summary>
public sealed class RetiredTokenUsed : IRiskRule
{
    public RiskReasons Reason => RiskReasons.RetiredTokenUsed;

    /// <remarks>Of a token that is none of ours nobody can tell what it once was.</remarks>
    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past) => attempt.Token switch
    {
        TokenStanding.Retired => RuleResult.Flagged(),
        TokenStanding.Unknown => RuleResult.CannotTell,
        _ => RuleResult.Clear,
    };
}
