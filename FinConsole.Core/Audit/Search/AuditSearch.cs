namespace FinConsole.Core.Audit.Search;

/// <summary>What a search's words mean depends on: relative times on now, days on the reader's zone.</summary>
public sealed record AuditSearchClock(DateTimeOffset Now, TimeZoneInfo Zone);

/// <summary>What is wrong with a search, and where.</summary>
/// <param name="Message">One or two plain sentences.</param>
/// <param name="Start">The first character of the offending word.</param>
/// <param name="Length">Its length; 0 where something is missing.</param>
public sealed record AuditSearchFault(string Message, int Start, int Length);

/// <summary>A search that was understood: conditions that all hold.</summary>
/// <param name="Terms">In the order typed; none for the whole log.</param>
public sealed record AuditSearch(IReadOnlyList<AuditTerm> Terms)
{
    /// <summary>How many characters a search may have.</summary>
    public const int LongestText = 500;

    /// <summary>How many conditions a search may have.</summary>
    public const int MostTerms = 20;

    /// <summary>The whole log.</summary>
    public static readonly AuditSearch Everything = new([]);

    public bool Holds(Listing.AuditRow row)
    {
        // By index and not by LINQ: this runs a hundred thousand times a search.
        for (var i = 0; i < Terms.Count; i++)
        {
            if (!Terms[i].Holds(row))
                return false;
        }

        return true;
    }
}
