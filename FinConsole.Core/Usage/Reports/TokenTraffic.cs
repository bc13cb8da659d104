namespace FinConsole.Core.Usage.Reports;

/// <summary>What a token does at present.</summary>
/// <param name="LastDay">Requests since the beginning of the hour that the moment 24 hours ago lies in: nothing of the last 24 hours is missing.</param>
/// <param name="LastEndpoint">Method and route of the last use.</param>
/// <param name="UnusedScopes">Scopes that it has had for 30 days and not used within them.</param>
/// <param name="Rotation">For a token that replaces another which still lives.</param>
public sealed record TokenTraffic(
    Guid TokenId, UsageCounts LastDay, DateTimeOffset? LastUsedAt, string? LastIp, string? LastEndpoint, IReadOnlyList<string> UnusedScopes, RotationTraffic? Rotation);

/// <summary>How far a rotation has come.</summary>
/// <param name="OldRequests">With the old token, since the hour in which the new one was saved.</param>
/// <param name="NewRequests">With the new one.</param>
/// <param name="OldLastUsedAt">When the old one was last accepted; null for never.</param>
/// <param name="Quiet">How long the old one must have had no request, see <see cref="RotationRule"/>.</param>
/// <param name="SafeToRetire">The old one has had none for that long, and the new one is in use.</param>
public sealed record RotationTraffic(Guid OldTokenId, long OldRequests, long NewRequests, DateTimeOffset? OldLastUsedAt, TimeSpan Quiet, bool SafeToRetire);

/// <summary>
/// When an old token is safe to retire: nobody has used it for a twenty-fourth of the overlap (an hour of 24, seven of a week; ten minutes
/// at least), the new token has been saved for as long, and has been used. Jobs that run more rarely than that may still hold the old one.
/// </summary>
public static class RotationRule
{
    private static readonly TimeSpan ShortestQuiet = TimeSpan.FromMinutes(10);

    public static TimeSpan QuietFor(TimeSpan overlap) => overlap / 24 > ShortestQuiet ? overlap / 24 : ShortestQuiet;

    public static bool IsSafe(DateTimeOffset savedAt, DateTimeOffset? oldLastUsedAt, DateTimeOffset? newLastUsedAt, TimeSpan quiet, DateTimeOffset now) =>
        newLastUsedAt >= savedAt && savedAt <= now - quiet && (oldLastUsedAt is null || oldLastUsedAt <= now - quiet);
}
