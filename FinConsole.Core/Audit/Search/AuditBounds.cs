using FinConsole.Core.AuditLog;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Search;

/// <summary>Between which numbers a search's entries lie.</summary>
/// <param name="After">Exclusive.</param>
/// <param name="Before">Exclusive.</param>
internal readonly record struct AuditBounds(long After, long Before)
{
    /// <summary>
    /// Numbers grow with time, but not strictly: an entry's time is that of its transaction's beginning, and its number that of its end.
    /// No transaction takes so long; the times themselves are compared beside this.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <summary>Turns times into numbers with one seek each, so that "until last year" does not begin with today.</summary>
    public static async Task<AuditBounds> FindAsync(ConsoleDbContext context, AuditSearch search, CancellationToken cancellationToken)
    {
        var (after, before) = (0L, long.MaxValue);
        foreach (var sequence in search.Terms.OfType<SequenceTerm>().Where(term => !term.Negated).Select(term => term.Sequence))
            (after, before) = (Math.Max(after, sequence - 1), Math.Min(before, sequence == long.MaxValue ? sequence : sequence + 1));
        if (search.Terms.OfType<SinceTerm>().Select(term => term.At).DefaultIfEmpty().Max() is var since && since > DateTimeOffset.MinValue + Margin)
            after = Math.Max(after, await LastBeforeAsync(context, since - Margin, cancellationToken) ?? 0);
        if (search.Terms.OfType<UntilTerm>().Select(term => term.At).DefaultIfEmpty(DateTimeOffset.MaxValue).Min() is var until && until < DateTimeOffset.MaxValue - Margin)
            before = Math.Min(before, await FirstFromAsync(context, until + Margin, cancellationToken) ?? long.MaxValue);
        return new AuditBounds(after, before);
    }

    private static Task<long?> LastBeforeAsync(ConsoleDbContext context, DateTimeOffset at, CancellationToken cancellationToken) =>
        context.Set<AuditEntry>().Where(entry => entry.At < at).OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Sequence)
            .Select(entry => (long?)entry.Sequence).FirstOrDefaultAsync(cancellationToken);

    private static Task<long?> FirstFromAsync(ConsoleDbContext context, DateTimeOffset at, CancellationToken cancellationToken) =>
        context.Set<AuditEntry>().Where(entry => entry.At >= at).OrderBy(entry => entry.At).ThenBy(entry => entry.Sequence)
            .Select(entry => (long?)entry.Sequence).FirstOrDefaultAsync(cancellationToken);
}
