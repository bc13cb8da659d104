using FinConsole.Core.LoginHistory;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.LoginHistory;

/// <summary>Puts evaluated attempts into a tenant's past, as rows alone.</summary>
internal static class PastAttempts
{
    public static async Task<List<LoginAttempt>> AddPastAsync(this CoreHost core, Guid tenantId, params IEnumerable<(DateTimeOffset At, RiskReasons Flagged, RiskLevel? Level, int Score)> attempts)
    {
        var rows = attempts.Select((attempt, number) => new LoginAttempt
        {
            TenantId = tenantId,
            Account = $"person{number}@past.example",
            Way = SignInChannel.Console,
            Outcome = attempt.Level == RiskLevel.None ? LoginOutcome.SignedOut : LoginOutcome.Success,
            At = attempt.At,
            CorrelationId = "past",
            Flagged = attempt.Flagged,
            Level = attempt.Level,
            Score = attempt.Score,
        }).ToList();
        await using var db = core.Db.Open(tenantId);
        db.AddRange(rows);
        await db.SaveChangesAsync();
        return rows;
    }

    /// <summary>Ordinary ones, all at this time.</summary>
    public static Task<List<LoginAttempt>> AddPastAsync(this CoreHost core, Guid tenantId, int count, DateTimeOffset at) =>
        core.AddPastAsync(tenantId, Enumerable.Repeat((at, RiskReasons.None, (RiskLevel?)RiskLevel.Low, 0), count));
}
