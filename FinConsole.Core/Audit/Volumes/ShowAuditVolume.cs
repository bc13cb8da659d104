using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.Audit.Volumes;

/// <summary>The histogram over a search's period.</summary>
/// <param name="Bars">Oldest first.</param>
/// <param name="Unit">How long a whole bar is; the first and the last may be shorter.</param>
public sealed record AuditVolumeView(IReadOnlyList<AuditBar> Bars, AuditBarUnit Unit);

/// <summary>
/// Counts a search's entries over its period: the last 30 days where it names none. Searches by action, result and time are answered
/// from counted hours; any other by one bounded walk, and bars beyond its reach are not counted.
/// </summary>
public sealed class ShowAuditVolume(ConsoleDb db, PermissionGuard guard, ScanLimiter scans, TimeProvider time)
{
    /// <summary>How many entries a walk looks at.</summary>
    public const int Reach = 20_000;

    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    public async Task<Result<AuditVolumeView>> HandleAsync(AuditSearch search, TimeZoneInfo zone, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadAudit, AuditLogSubject.Value, cancellationToken) is { } refusal)
            return refusal;

        var (from, to) = Period(search);
        if (from >= to)
            return new AuditVolumeView([], AuditBarUnit.Hour);
        var unit = AuditBars.UnitOf(to - from);
        var edges = AuditBars.Edges(from, to, unit, zone);
        var counts = search.Terms.All(term => term is ActionTerm or ResultTerm or SinceTerm or UntilTerm)
            ? await new CountedHours(db, actor.TenantId, search).CountAsync(edges, cancellationToken)
            : await WalkAsync(search, edges, actor.TenantId, cancellationToken);
        if (counts is null)
            return ScanErrors.Busy;
        return new AuditVolumeView([.. counts.Select((count, index) => new AuditBar(edges[index], edges[index + 1], count))], unit);
    }

    private (DateTimeOffset From, DateTimeOffset To) Period(AuditSearch search)
    {
        var now = time.GetUtcNow();
        // Nothing lies in the future: up to the hour's end all is counted in hours.
        var to = search.Terms.OfType<UntilTerm>().Select(term => term.At).Append(AuditHours.RoundDown(now).AddHours(1)).Min();
        var since = search.Terms.OfType<SinceTerm>().Select(term => term.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        if (since > DateTimeOffset.MinValue)
            return (Latest(since, DateTimeOffset.UnixEpoch), to);
        return (to > DateTimeOffset.UnixEpoch + Usual ? AuditHours.RoundUp(to - Usual) : DateTimeOffset.UnixEpoch, to);
    }

    // Null where too many scans run.
    private async Task<long?[]?> WalkAsync(AuditSearch search, IReadOnlyList<DateTimeOffset> edges, Guid tenantId, CancellationToken cancellationToken)
    {
        var bounded = new AuditSearch([.. search.Terms, new SinceTerm(edges[0]), new UntilTerm(edges[^1])]);
        using var scan = await scans.BeginSearchAsync(tenantId, cancellationToken);
        if (scan is null)
            return null;
        AuditReader reader;
        await using (var context = db.Open(tenantId))
        {
            var source = await AuditSource.ChooseAsync(context, bounded, cancellationToken);
            reader = new AuditReader(db, tenantId, source, await AuditBounds.FindAsync(context, bounded, scan, cancellationToken), down: true, bounded);
        }

        var counts = new long?[edges.Count - 1];
        Array.Fill(counts, 0);
        DateTimeOffset? reached = null;
        var (seen, ended) = (0, false);
        while (seen < Reach && !ended)
            ended = await scan.ReadAsync(count => CountAsync(Math.Min(count, Reach - seen)), cancellationToken);

        for (var index = 0; reached is not null && index < counts.Length; index++)
            counts[index] = edges[index] < reached ? null : counts[index];
        return counts;

        async Task<bool> CountAsync(int asked)
        {
            var rows = await reader.ReadAsync(asked, cancellationToken);
            foreach (var row in rows.Where(bounded.Holds))
                counts[IndexOf(edges, row.At)]++;
            seen += rows.Count;
            reached = rows.Count == asked ? rows[^1].At : null;
            return reached is null;
        }
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>The bar that a time within the edges lies in.</summary>
    internal static int IndexOf(IReadOnlyList<DateTimeOffset> edges, DateTimeOffset at)
    {
        var (low, high) = (0, edges.Count - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (edges[middle] <= at)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
