using System.Linq.Expressions;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Search;

/// <summary>What a search reads: rows that one index gives in order of their numbers, or several such streams that are merged.</summary>
/// <param name="Streams">One condition each, that an index answers; a null condition is the whole log. None: nothing can fit.</param>
/// <param name="Exact">Every row of the streams fits the search, but for its times.</param>
internal sealed record AuditSource(IReadOnlyList<Expression<Func<AuditEntry, bool>>?> Streams, bool Exact)
{
    /// <summary>
    /// A beginning of names stands for so many names at most. Each is a stream of its own: asking the database for all at once would make
    /// it sort whatever they have, instead of reading the newest of each.
    /// </summary>
    private const int MostNames = 20;

    /// <summary>Chooses the condition that leaves least to read; the others are checked in memory.</summary>
    public static async Task<AuditSource> ChooseAsync(ConsoleDbContext context, AuditSearch search, CancellationToken cancellationToken)
    {
        var serving = search.Terms.Where(term => term is not (SinceTerm or UntilTerm or SequenceTerm { Negated: false })).ToList();
        foreach (var term in serving.Where(term => !term.Negated && RankOf(term) is not null).OrderBy(RankOf))
        {
            if (await StreamsAsync(context, term, cancellationToken) is { } streams)
                return new AuditSource(streams, serving.Count == 1);
        }

        return new AuditSource([null], serving.Count == 0);
    }

    // By how few entries usually fit.
    private static int? RankOf(AuditTerm term) => term switch
    {
        CorrelationTerm => 1,
        ResourceIdTerm => 2,
        ActorIdTerm => 3,
        IpTerm { Range.Single: not null } => 4,
        ResourceNameTerm => 5,
        ActorTerm => 6,
        ActionTerm => 7,
        ResourceKindTerm => 8,
        ResultTerm { Result: AuditResult.Failure } => 9,
        ResultTerm => 10,
        _ => null,
    };

    private static async Task<IReadOnlyList<Expression<Func<AuditEntry, bool>>>?> StreamsAsync(ConsoleDbContext context, AuditTerm term, CancellationToken cancellationToken) => term switch
    {
        CorrelationTerm { Id: var id } => [entry => entry.CorrelationId == id],
        ResourceIdTerm { Id: var id } => [entry => entry.ResourceId == id],
        ActorIdTerm { Id: var id } => [entry => entry.ActorId == id],
        IpTerm { Range.Single: var ip } => [entry => entry.Ip == ip],
        ResourceKindTerm { Resource: var resource } => [entry => entry.Resource == resource],
        ResultTerm { Result: var result } => [entry => entry.Result == result],
        ActionTerm { Actions: var actions } => [.. actions.Select(action => (Expression<Func<AuditEntry, bool>>)(entry => entry.Action == action))],
        ResourceNameTerm { Prefix: var prefix } => (await NamesAsync(context, entry => entry.ResourceName, prefix, cancellationToken))
            ?.Select(name => (Expression<Func<AuditEntry, bool>>)(entry => entry.ResourceName == name)).ToList(),
        ActorTerm { Prefix: var prefix } => (await NamesAsync(context, entry => entry.ActorName, prefix, cancellationToken))
            ?.Select(name => (Expression<Func<AuditEntry, bool>>)(entry => entry.ActorName == name)).ToList(),
        _ => null,
    };

    // Jumps from name to name in the index, however many entries each has; null when there are too many.
    private static async Task<IReadOnlyList<string>?> NamesAsync(
        ConsoleDbContext context, Expression<Func<AuditEntry, string>> column, string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var beginning in NamePrefix.Variants(prefix))
        {
            var next = await NextAsync(context, column, beginning, ExpressionType.GreaterThanOrEqual, cancellationToken);
            while (next is not null && next.StartsWith(beginning, StringComparison.Ordinal))
            {
                if (names.Count == MostNames)
                    return null;
                names.Add(next);
                next = await NextAsync(context, column, next, ExpressionType.GreaterThan, cancellationToken);
            }
        }

        return names;
    }

    private static Task<string?> NextAsync(
        ConsoleDbContext context, Expression<Func<AuditEntry, string>> column, string from, ExpressionType comparison, CancellationToken cancellationToken)
    {
        Expression<Func<string>> bound = () => from;
        var compared = Expression.Call(typeof(string), nameof(string.Compare), null, column.Body, bound.Body);
        var beyond = Expression.Lambda<Func<AuditEntry, bool>>(Expression.MakeBinary(comparison, compared, Expression.Constant(0)), column.Parameters);
        return context.Set<AuditEntry>().Where(beyond).Select(column).OrderBy(name => name).FirstOrDefaultAsync(cancellationToken)!;
    }
}
