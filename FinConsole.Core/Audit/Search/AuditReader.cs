using System.Linq.Expressions;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Search;

/// <summary>
/// Reads a source's rows in the order of their numbers, up or down, slice by slice; each slice is a short read of its own. For a search
/// that finds few of many it reads only what conditions look at, which is half the work, and completes the rows that were found.
/// </summary>
internal sealed class AuditReader
{
    private const int SmallestRefill = 64;

    private static readonly Expression<Func<AuditEntry, AuditRow>> Row = entry => new AuditRow(
        entry.Sequence, entry.At, entry.Action, entry.ActorKind, entry.ActorId, entry.ActorName, entry.Resource,
        entry.ResourceId, entry.ResourceName, entry.Result, entry.Ip, entry.UserAgent, entry.CorrelationId, entry.Metadata, entry.Link);

    // What most conditions look at. The rest is left out: these columns are not read.
    private static readonly Expression<Func<AuditEntry, AuditRow>> SearchedRow = entry => new AuditRow(
        entry.Sequence, entry.At, entry.Action, entry.ActorKind, Guid.Empty, entry.ActorName, entry.Resource,
        null, entry.ResourceName, entry.Result, entry.Ip, null, "", entry.Metadata, Array.Empty<byte>());

    private readonly ConsoleDb _db;
    private readonly Guid _tenantId;
    private readonly AuditBounds _bounds;
    private readonly bool _down;
    private readonly List<Stream> _streams;
    private readonly Expression<Func<AuditEntry, AuditRow>> _row = Row;

    public AuditReader(ConsoleDb db, Guid tenantId, AuditSource source, AuditBounds bounds, bool down)
    {
        (_db, _tenantId, _bounds, _down) = (db, tenantId, bounds, down);
        _streams = [.. source.Streams.Select(condition => new Stream(condition, down ? bounds.Before : bounds.After))];
    }

    /// <summary>One whose rows have only what this search looks at, until <see cref="CompleteAsync"/> adds the rest.</summary>
    public AuditReader(ConsoleDb db, Guid tenantId, AuditSource source, AuditBounds bounds, bool down, AuditSearch search)
        : this(db, tenantId, source, bounds, down)
    {
        if (!source.Exact && !search.Terms.Any(term => term is ActorIdTerm or ResourceIdTerm or CorrelationTerm))
            _row = SearchedRow;
    }

    /// <summary>The same rows with all that they have.</summary>
    public async Task<IReadOnlyList<AuditRow>> CompleteAsync(IReadOnlyList<AuditRow> rows, CancellationToken cancellationToken)
    {
        if (_row == Row || rows.Count == 0)
            return rows;
        await using var context = _db.Open(_tenantId);
        var numbers = rows.Select(row => row.Sequence).ToList();
        var whole = await context.Set<AuditEntry>().AsNoTracking().Where(entry => numbers.Contains(entry.Sequence)).Select(Row)
            .ToDictionaryAsync(row => row.Sequence, cancellationToken);
        return [.. numbers.Select(number => whole[number])];
    }

    /// <summary>The next rows; fewer than asked for at the end alone.</summary>
    public async Task<List<AuditRow>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        await using var context = _db.Open(_tenantId);
        if (_streams is [var only])
        {
            await RefillAsync(context, only, count, cancellationToken);
            List<AuditRow> all = [.. only.Rows];
            only.Rows.Clear();
            return all;
        }

        return await MergeAsync(context, count, cancellationToken);
    }

    private async Task<List<AuditRow>> MergeAsync(ConsoleDbContext context, int count, CancellationToken cancellationToken)
    {
        var refill = Math.Max(SmallestRefill, count / Math.Max(1, _streams.Count));
        var rows = new List<AuditRow>(count);
        while (rows.Count < count)
        {
            Stream? next = null;
            foreach (var stream in _streams)
            {
                if (stream.Rows.Count == 0 && !stream.Ended)
                    await RefillAsync(context, stream, refill, cancellationToken);
                if (stream.Rows.Count > 0 && (next is null || (stream.Rows.Peek().Sequence > next.Rows.Peek().Sequence) == _down))
                    next = stream;
            }

            if (next is null)
                break;
            rows.Add(next.Rows.Dequeue());
        }

        return rows;
    }

    private async Task RefillAsync(ConsoleDbContext context, Stream stream, int count, CancellationToken cancellationToken)
    {
        if (stream.Ended)
            return;
        var rows = await Query(context, stream.Condition, stream.Edge, count).ToListAsync(cancellationToken);
        var within = rows.Count;
        while (within > 0 && (_down ? rows[within - 1].Sequence <= _bounds.After : rows[within - 1].Sequence >= _bounds.Before))
            within--;
        foreach (var row in rows.Take(within))
            stream.Rows.Enqueue(row);
        stream.Ended = within < count;
        if (rows.Count > 0)
            stream.Edge = rows[^1].Sequence;
    }

    // Only the bound that the reading starts from stands in the query: with both of them SQLite takes a range of numbers for the better
    // key, and reads every row in it instead of those of the condition. What lies beyond the other end is cut off above.
    private IQueryable<AuditRow> Query(ConsoleDbContext context, Expression<Func<AuditEntry, bool>>? condition, long edge, int count)
    {
        var entries = context.Set<AuditEntry>().AsNoTracking();
        if (condition is not null)
            entries = entries.Where(condition);
        entries = _down
            ? entries.Where(entry => entry.Sequence < edge).OrderByDescending(entry => entry.Sequence)
            : entries.Where(entry => entry.Sequence > edge).OrderBy(entry => entry.Sequence);
        return entries.Take(count).Select(_row);
    }

    private sealed class Stream(Expression<Func<AuditEntry, bool>>? condition, long edge)
    {
        public Expression<Func<AuditEntry, bool>>? Condition => condition;

        /// <summary>The number up to which it is read.</summary>
        public long Edge { get; set; } = edge;

        public bool Ended { get; set; }

        public Queue<AuditRow> Rows { get; } = new();
    }
}
