using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Volumes;

/// <summary>Counts entries by action, result and time: whole hours as they were folded, the hours that a period cuts and the tail that is not folded yet from the log.</summary>
internal sealed class CountedHours(ConsoleDb db, Guid tenantId, AuditSearch search)
{
    private const int MostTries = 5;
    private const int MostRaw = 100_000;

    private readonly HashSet<AuditAction> _actions = [.. AuditActions.All.Where(action => search.Terms.OfType<ActionTerm>().All(term => term.Actions.Contains(action) != term.Negated))];
    private readonly HashSet<AuditResult> _results = [.. Enum.GetValues<AuditResult>().Where(result => search.Terms.OfType<ResultTerm>().All(term => term.Result == result != term.Negated))];

    public async Task<long?[]> CountAsync(IReadOnlyList<DateTimeOffset> edges, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var context = db.Open(tenantId);
            var mark = await MarkAsync(context, cancellationToken);
            var counts = new long?[edges.Count - 1];
            Array.Fill(counts, 0);
            await AddHoursAsync(context, edges, counts, cancellationToken);
            await AddCutHoursAsync(context, edges, counts, mark, cancellationToken);
            await AddTailAsync(context, edges, counts, mark, cancellationToken);
            // Folded in between, an entry would be counted twice or not at all: then all is read once more.
            if (await MarkAsync(context, cancellationToken) == mark || attempt == MostTries)
                return counts;
        }
    }

    private static async Task<long> MarkAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        await context.Set<AuditVolumeMark>().MaxAsync(mark => (long?)mark.Sequence, cancellationToken) ?? 0;

    private async Task AddHoursAsync(ConsoleDbContext context, IReadOnlyList<DateTimeOffset> edges, long?[] counts, CancellationToken cancellationToken)
    {
        var (first, end) = (AuditHours.Of(AuditHours.RoundUp(edges[0])), AuditHours.Of(edges[^1]));
        var volumes = context.Set<AuditVolume>().Where(volume => volume.Hour >= first && volume.Hour < end);
        if (_actions.Count < AuditActions.All.Count)
            volumes = volumes.Where(volume => _actions.Contains(volume.Action));
        if (_results.Count < Enum.GetValues<AuditResult>().Length)
            volumes = volumes.Where(volume => _results.Contains(volume.Result));
        var hours = await volumes.GroupBy(volume => volume.Hour).Select(hour => new { hour.Key, Count = hour.Sum(volume => volume.Count) }).ToListAsync(cancellationToken);
        foreach (var hour in hours)
            counts[ShowAuditVolume.IndexOf(edges, AuditHours.StartOf(hour.Key))] += hour.Count;
    }

    private async Task AddCutHoursAsync(ConsoleDbContext context, IReadOnlyList<DateTimeOffset> edges, long?[] counts, long mark, CancellationToken cancellationToken)
    {
        var (from, to) = (edges[0], edges[^1]);
        var (firstWhole, lastWhole) = (AuditHours.RoundUp(from), AuditHours.RoundDown(to));
        List<(DateTimeOffset From, DateTimeOffset To)> cut = firstWhole > lastWhole ? [(from, to)] : [(from, firstWhole), (lastWhole, to)];
        foreach (var (begin, end) in cut.Where(each => each.From < each.To))
        {
            var entries = context.Set<AuditEntry>().Where(entry => entry.At >= begin && entry.At < end && entry.Sequence <= mark).OrderBy(entry => entry.At).ThenBy(entry => entry.Sequence);
            await AddRawAsync(entries, edges, counts, cancellationToken);
        }
    }

    private Task AddTailAsync(ConsoleDbContext context, IReadOnlyList<DateTimeOffset> edges, long?[] counts, long mark, CancellationToken cancellationToken) =>
        AddRawAsync(context.Set<AuditEntry>().Where(entry => entry.Sequence > mark).OrderBy(entry => entry.Sequence), edges, counts, cancellationToken);

    private async Task AddRawAsync(IQueryable<AuditEntry> entries, IReadOnlyList<DateTimeOffset> edges, long?[] counts, CancellationToken cancellationToken)
    {
        var rows = await entries.Take(MostRaw).Select(entry => new { entry.At, entry.Action, entry.Result }).ToListAsync(cancellationToken);
        foreach (var row in rows.Where(row => row.At >= edges[0] && row.At < edges[^1] && _actions.Contains(row.Action) && _results.Contains(row.Result)))
            counts[ShowAuditVolume.IndexOf(edges, row.At)]++;
    }
}
