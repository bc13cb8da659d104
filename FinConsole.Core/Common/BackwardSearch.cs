namespace FinConsole.Core.Common;

/// <summary>What a search backwards in time found.</summary>
/// <param name="Items">At most as many as were asked for, newest first.</param>
/// <param name="NextKey">Where to go on; null when the beginning was reached.</param>
/// <param name="StoppedShort">True when it gave up for this time, and not because there was enough: <paramref name="NextKey"/> lies where it stopped.</param>
public sealed record SearchedPage<T, TKey>(IReadOnlyList<T> Items, TKey? NextKey, bool StoppedShort)
    where TKey : struct;

/// <summary>
/// Searches that no index serves (free text, negation, wide address ranges) walk backwards in time, and stop after a fixed number of
/// rows instead of reading on through years: the answer then says how far it came.
/// </summary>
public static class BackwardSearch
{
    /// <summary>How many rows one search looks at.</summary>
    public const int Reach = 100_000;

    /// <summary>Most searches end within their first rows. Whatever goes on needs a permit.</summary>
    public const int FreeRows = 500;

    /// <summary>How many rows may be read at once behind those seen: no read passes the point where a permit is due, or the reach.</summary>
    internal static int LeftBehind(int seen) => (seen < FreeRows ? FreeRows : Reach) - seen;

    /// <param name="readSlice">Reads at most so many rows, newest first, whose keys lie below the given one (null for the newest).</param>
    /// <param name="matches">Whether a row is looked for.</param>
    /// <param name="keyOf">The row's key: it grows with time.</param>
    /// <param name="before">Where to begin, exclusive; null for the newest.</param>
    /// <param name="size">How many to find.</param>
    /// <param name="scan">Reads in turns; where it is not admitted after the first rows, the search is refused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="exact">Nearly every row matches: the page is read at once, without a turn, as an index answers it.</param>
    public static async Task<Result<SearchedPage<T, TKey>>> ReadAsync<T, TKey>(
        Func<TKey?, int, CancellationToken, Task<List<T>>> readSlice, Func<T, bool> matches, Func<T, TKey> keyOf, TKey? before, int size,
        Scan scan, CancellationToken cancellationToken, bool exact = false)
        where TKey : struct
    {
        var found = new List<T>(size);
        var seen = 0;
        if (exact && await LookAsync(size + 1) is { } whole)
            return whole;
        while (seen < Reach)
        {
            if (seen >= FreeRows && !await scan.AdmitAsync(cancellationToken))
                return ScanErrors.Busy;
            if (await scan.ReadAsync(count => LookAsync(Math.Min(count, LeftBehind(seen))), cancellationToken) is { } ended)
                return ended;
        }

        return new SearchedPage<T, TKey>(found, before, true);

        async Task<SearchedPage<T, TKey>?> LookAsync(int asked)
        {
            var rows = await readSlice(before, asked, cancellationToken);
            foreach (var row in rows)
            {
                if (!matches(row))
                    continue;
                // One more than asked for shows that there is a next page.
                if (found.Count == size)
                    return new SearchedPage<T, TKey>(found, keyOf(found[^1]), false);
                found.Add(row);
            }

            if (rows.Count < asked)
                return new SearchedPage<T, TKey>(found, null, false);
            (before, seen) = (keyOf(rows[^1]), seen + asked);
            return null;
        }
    }
}
