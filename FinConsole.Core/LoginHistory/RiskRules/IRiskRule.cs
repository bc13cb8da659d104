using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>One thing that may speak against a sign-in: a pure function over the attempt and what was before it.</summary>
public interface IRiskRule
{
    RiskReasons Reason { get; }

    RuleAnswer Judge(AttemptFacts attempt, AttemptPast past);
}

/// <summary>What a rule found. A rule that lacks what it needs says so instead of guessing.</summary>
/// <param name="Finding">Whether the reason holds.</param>
/// <param name="Evidence">What it saw, in short words of its own, for example a count; never with a semicolon or an equals sign.</param>
public readonly record struct RuleAnswer(RuleFinding Finding, string? Evidence = null)
{
    public static readonly RuleAnswer Clear = new(RuleFinding.Clear);
    public static readonly RuleAnswer CannotTell = new(RuleFinding.CannotTell);

    public static RuleAnswer Flagged(string? evidence = null) => new(RuleFinding.Flagged, evidence);

    public static RuleAnswer FlaggedIf(bool holds) => holds ? Flagged() : Clear;
}

public enum RuleFinding
{
    Clear,
    Flagged,
    CannotTell,
}
