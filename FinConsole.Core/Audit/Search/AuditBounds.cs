using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Search;

/// <summary>Between which numbers a search's entries lie.</summary>
/// <param name="After">Exclusive.</param>
/// <param name="Before">Exclusive.</param>
internal readonly record struct AuditBounds(long After, long Before)
{
    /// <summary>Turns times into numbers, so that "until last year" does not begin with today. Entries appended meanwhile may lie outside.</summary>
    public static async Task<AuditBounds> FindAsync(ConsoleDbContext context, AuditSearch search, Scan scan, CancellationToken cancellationToken)
    {
        var (after, before) = await FindByTimeAsync(context, search, scan, cancellationToken);
        foreach (var sequence in search.Terms.OfType<SequenceTerm>().Where(term => !term.Negated).Select(term => term.Sequence))
            (after, before) = (Math.Max(after, sequence - 1), Math.Min(before, sequence == long.MaxValue ? sequence : sequence + 1));
        return new AuditBounds(after, before);
    }

    private static async Task<AuditBounds> FindByTimeAsync(ConsoleDbContext context, AuditSearch search, Scan scan, CancellationToken cancellationToken)
    {
        var since = search.Terms.OfType<SinceTerm>().Max(term => (DateTimeOffset?)term.At);
        var until = search.Terms.OfType<UntilTerm>().Min(term => (DateTimeOffset?)term.At);
        IQueryable<AuditEntry> period = context.Set<AuditEntry>();
        // A time that nothing lies beyond is no bound; one seek tells.
        var begins = since is not null
            && await period.OrderBy(entry => entry.At).Select(entry => (DateTimeOffset?)entry.At).FirstOrDefaultAsync(cancellationToken) < since;
        var ends = until is not null
            && await period.OrderByDescending(entry => entry.At).Select(entry => (DateTimeOffset?)entry.At).FirstOrDefaultAsync(cancellationToken) >= until;
        if (begins)
            period = period.Where(entry => entry.At >= since);
        if (ends)
            period = period.Where(entry => entry.At < until);
        // The least and the greatest number in the period, wherever they stand: a clock that was ahead for a while, or was set back, leaves
        // entries whose numbers and times disagree by days. Each reads the period's part of one index, and no entry. The sum keeps databases
        // from walking the numbers instead, from the other end of the log.
        var numbers = period.Select(entry => (long?)(entry.Sequence + 0));
        var first = begins ? await scan.ReadAsync(_ => numbers.MinAsync(cancellationToken), cancellationToken) : 1;
        var last = ends ? await scan.ReadAsync(_ => numbers.MaxAsync(cancellationToken), cancellationToken) : long.MaxValue - 1;
        return first is null || last is null ? new AuditBounds(0, 1) : new AuditBounds(first.Value - 1, last.Value + 1);
    }
}
