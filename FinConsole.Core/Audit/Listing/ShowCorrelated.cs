using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Core.Audit.Listing;

/// <summary>What else one request or page event did: the newest entries that share an entry's correlation id.</summary>
public sealed class ShowCorrelated(SearchAuditLog search)
{
    /// <summary>How many are shown beside an entry; a search shows all.</summary>
    public const int Most = 10;

    /// <param name="correlationId">Of the entry that is looked at.</param>
    /// <param name="sequence">Its number: it is left out.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<AuditSearchPage>> HandleAsync(string correlationId, long sequence, Actor actor, CancellationToken cancellationToken) =>
        await search.HandleAsync(new AuditSearch([new CorrelationTerm(PlainText.ForStorage(correlationId, AuditEntry.LongestName)), new SequenceTerm(sequence, Negated: true)]), null, Most, actor, cancellationToken);
}
