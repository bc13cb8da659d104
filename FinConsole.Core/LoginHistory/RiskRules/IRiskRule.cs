using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>One thing that may speak against a sign-in: a pure function over the attempt and what was before it.</summary>
public interface IRiskRule
{
    RiskReasons Reason { get; }

    RuleResult Evaluate(AttemptFacts attempt, AttemptPast past);
}

/// <summary>What a rule found. A rule that lacks what it needs says so instead of guessing.</summary>
/// <param name="Finding">Whether the reason holds.</param>
/// <param name="Evidence">What it saw, in short words of its own, for example a count; never with a semicolon or an equals sign.</param>
public readonly record struct RuleResult(RuleFinding Finding, string? Evidence = null)
{
    public static readonly RuleResult Clear = new(RuleFinding.Clear);
    public static readonly RuleResult CannotTell = new(RuleFinding.CannotTell);

    public static RuleResult Flagged(string? evidence = null) => new(RuleFinding.Flagged, evidence);

    public static RuleResult FlaggedIf(bool holds) => holds ? Flagged() : Clear;
}

public enum RuleFinding
{
    Clear,
    Flagged,
    CannotTell,
}
