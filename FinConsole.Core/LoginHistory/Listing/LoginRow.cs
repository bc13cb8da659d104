using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.Listing;

/// <summary>One line of login history.</summary>
/// <param name="Name">The member's name today; null for an unknown account.</param>
/// <param name="Level">Null while it waits to be evaluated, which is a moment.</param>
/// <param name="Evidence">What the rules saw, by reason.</param>
/// <param name="HasPlace">False where no country can be told of the address: private, reserved, or none.</param>
public sealed record LoginRow(
    long Id, DateTimeOffset At, Guid? MemberId, string Account, string? Name, SignInChannel Way, LoginOutcome Outcome, string? Ip, string? Country, string? UserAgent, string? Device,
    Guid? SessionId, Guid? TokenId, string CorrelationId, RiskLevel? Level, int Score, RiskReasons Flagged, RiskReasons Undecided, string? Evidence,
    LoginMark? Mark, string? MarkedBy, DateTimeOffset? MarkedAt, bool HasPlace)
{
    public bool IsSuspicious => Level >= RiskLevel.Medium;

    /// <summary>What the rule saw, in its own short words; null where it says nothing more than its name.</summary>
    public string? EvidenceOf(RiskReasons reason)
    {
        foreach (var part in (Evidence ?? "").Split(';'))
        {
            if (part.StartsWith($"{reason}=", StringComparison.Ordinal))
                return part[(reason.ToString().Length + 1)..];
        }

        return null;
    }
}

/// <summary>A page of login history.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="NextCursor">Asks for what lies before; null at the beginning of history.</param>
/// <param name="SearchedBackTo">Set where the search gave up for this time before it had a full page: the next page goes on from there.</param>
public sealed record LoginPage(IReadOnlyList<LoginRow> Rows, string? NextCursor, DateTimeOffset? SearchedBackTo);
