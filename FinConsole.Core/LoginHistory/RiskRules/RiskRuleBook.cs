using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>All rules, and what they find together.</summary>
public static class RiskRuleBook
{
    public static readonly IReadOnlyList<IRiskRule> Rules =
    [
        new NewIp(), new NewNetwork(), new NewCountry(), new ImpossibleTravel(), new NewDevice(), new UnusualHour(), new FailuresBefore(),
        new ManyAccountsFromOneIp(), new RepeatedMfaFailures(), new RetiredTokenUsed(),
    ];

    public static RiskFindings Evaluate(AttemptFacts attempt, AttemptPast past)
    {
        var (flagged, undecided) = (RiskReasons.None, RiskReasons.None);
        var evidence = new List<string>();
        foreach (var rule in Rules)
        {
            var answer = rule.Evaluate(attempt, past);
            if (answer.Finding == RuleFinding.CannotTell)
                undecided |= rule.Reason;
            if (answer.Finding != RuleFinding.Flagged)
                continue;
            flagged |= rule.Reason;
            if (answer.Evidence is not null)
                evidence.Add($"{rule.Reason}={answer.Evidence}");
        }

        return new RiskFindings(flagged, undecided, evidence.Count == 0 ? null : string.Join(';', evidence));
    }
}

/// <summary>What the rules found.</summary>
/// <param name="Evidence">As <see cref="LoginAttempt.Evidence"/> keeps it.</param>
public sealed record RiskFindings(RiskReasons Flagged, RiskReasons Undecided, string? Evidence);
