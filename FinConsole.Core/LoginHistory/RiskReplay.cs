using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory;

/// <summary>What another weighing would have made of the sign-ins of the last 90 days.</summary>
/// <param name="Since">How far it looked back.</param>
/// <param name="Now">How many are suspicious as they stand: medium or high.</param>
/// <param name="Then">How many would be.</param>
/// <param name="HighNow">How many of them are high.</param>
/// <param name="HighThen">How many of them would be.</param>
/// <param name="Changing">How many would have another level than they have.</param>
/// <param name="Newest">The newest of those, at most <see cref="ReplayRisk.MostRows"/>.</param>
public sealed record RiskReplay(DateTimeOffset Since, long Now, long Then, long HighNow, long HighThen, long Changing, IReadOnlyList<ReplayedAttempt> Newest);

/// <summary>A sign-in as it was evaluated, and as it would be.</summary>
public sealed record ReplayedAttempt(
    long Id, DateTimeOffset At, string Account, LoginOutcome Outcome, RiskReasons Flagged, int Score, RiskLevel Level, int NewScore, RiskLevel NewLevel);
