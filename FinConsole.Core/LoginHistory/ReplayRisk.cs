using System.Linq.Expressions;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory;

/// <summary>
/// Weighs the sign-ins of the last 90 days anew, by thresholds and weights that nobody has saved yet. What was found in each stands
/// with its row; only its weight is in question. So the rows are counted by what was found in them, in an index that holds those
/// alone in which anything was, and the few kinds are weighed here. Stored scores are never changed.
/// </summary>
public sealed class ReplayRisk(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public const int Days = 90;

    /// <summary>How many changing sign-ins are named.</summary>
    public const int MostRows = 20;

    public async Task<Result<RiskReplay>> HandleAsync(RiskPolicy proposed, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManagePolicy, new AuditSubject(AuditResource.Policy, actor.TenantId, "Policy"), cancellationToken) is { } refusal)
            return refusal;
        if (PolicyRules.Check(proposed) is { } fault)
            return fault;

        var since = time.GetUtcNow().AddDays(-Days);
        await using var context = db.Open(actor.TenantId);
        // The words of the index's filter: without any of them it is not used. Where nothing was found, nothing can weigh.
        var flagged = context.Set<LoginAttempt>().AsNoTracking()
            .Where(attempt => attempt.At >= since && attempt.Flagged != RiskReasons.None && attempt.Level != null);
        var kinds = (await flagged.GroupBy(attempt => new { attempt.Flagged, attempt.Level })
            .Select(group => new { group.Key.Flagged, group.Key.Level, Count = group.LongCount() }).ToListAsync(cancellationToken))
            .ConvertAll(group => new Kind(group.Flagged, group.Level!.Value, proposed.LevelOf(proposed.ScoreOf(group.Flagged)), group.Count));
        var changing = kinds.Where(kind => kind.Level != kind.NewLevel).ToList();
        return new RiskReplay(
            since,
            Count(kinds, kind => kind.Level >= RiskLevel.Medium),
            Count(kinds, kind => kind.NewLevel >= RiskLevel.Medium),
            Count(kinds, kind => kind.Level == RiskLevel.High),
            Count(kinds, kind => kind.NewLevel == RiskLevel.High),
            changing.Sum(kind => kind.Count),
            changing.Count == 0 ? [] : await NewestAsync(flagged, changing, proposed, cancellationToken));
    }

    private static long Count(IEnumerable<Kind> kinds, Func<Kind, bool> which) => kinds.Where(which).Sum(kind => kind.Count);

    private static async Task<IReadOnlyList<ReplayedAttempt>> NewestAsync(
        IQueryable<LoginAttempt> flagged, List<Kind> changing, RiskPolicy proposed, CancellationToken cancellationToken)
    {
        // Found in the index alone, however far back they lie; only these few are then read.
        var ids = await flagged.Where(IsOneOf(changing)).OrderByDescending(attempt => attempt.At).ThenByDescending(attempt => attempt.Id)
            .Select(attempt => attempt.Id).Take(MostRows).ToListAsync(cancellationToken);
        var rows = await flagged.Where(attempt => ids.Contains(attempt.Id)).OrderByDescending(attempt => attempt.At).ThenByDescending(attempt => attempt.Id)
            .Select(attempt => new { attempt.Id, attempt.At, attempt.Account, attempt.Outcome, attempt.Flagged, attempt.Score, attempt.Level }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row =>
        {
            var score = proposed.ScoreOf(row.Flagged);
            return new ReplayedAttempt(row.Id, row.At, row.Account, row.Outcome, row.Flagged, row.Score, row.Level!.Value, score, proposed.LevelOf(score));
        });
    }

    private static Expression<Func<LoginAttempt, bool>> IsOneOf(List<Kind> kinds) =>
        kinds.GroupBy(kind => kind.Level).Select(ofLevel => IsOneOf(ofLevel.Key, [.. ofLevel.Select(kind => kind.Flagged)])).Aggregate(Predicates.Or);

    private static Expression<Func<LoginAttempt, bool>> IsOneOf(RiskLevel level, RiskReasons[] masks) =>
        attempt => attempt.Level == level && masks.Contains(attempt.Flagged);

    // All sign-ins in which the same was found, and which have the same level.
    private sealed record Kind(RiskReasons Flagged, RiskLevel Level, RiskLevel NewLevel, long Count);
}
