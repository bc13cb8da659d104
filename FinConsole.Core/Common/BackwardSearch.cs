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

    private const int SmallestSlice = 500;
    private const int LargestSlice = 2_000;

    /// <param name="readSlice">Reads at most so many rows, newest first, whose keys lie below the given one (null for the newest).</param>
    /// <param name="matches">Whether a row is looked for.</param>
    /// <param name="keyOf">The row's key: it grows with time.</param>
    /// <param name="before">Where to begin, exclusive; null for the newest.</param>
    /// <param name="size">How many to find.</param>
    /// <param name="beginScan">Asked for when the first rows do not hold enough; where it gives no permit, the search is refused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="firstSlice">How many rows to read at first: little more than <paramref name="size"/> where nearly every row matches.</param>
    public static async Task<Result<SearchedPage<T, TKey>>> ReadAsync<T, TKey>(
        Func<TKey?, int, CancellationToken, Task<List<T>>> readSlice, Func<T, bool> matches, Func<T, TKey> keyOf, TKey? before, int size,
        Func<CancellationToken, Task<ScanPermit?>> beginScan, CancellationToken cancellationToken, int firstSlice = SmallestSlice)
        where TKey : struct
    {
        var found = new List<T>(size);
        var (seen, slice) = (0, firstSlice);
        ScanPermit? permit = null;
        try
        {
            while (seen < Reach)
            {
                // Most searches end with their first slice. Whatever goes on is a scan.
                if (seen > 0 && (permit ??= await beginScan(cancellationToken)) is null)
                    return ScanErrors.Busy;
                var asked = Math.Min(slice, Reach - seen);
                var ended = permit is null ? await LookAsync(asked) : await permit.ReadAsync(() => LookAsync(asked), cancellationToken);
                if (ended is not null)
                    return ended;
                seen += asked;
                slice = Math.Min(slice * 2, LargestSlice);
            }

            return new SearchedPage<T, TKey>(found, before, true);
        }
        finally
        {
            permit?.Dispose();
        }

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
            before = keyOf(rows[^1]);
            return null;
        }
    }
}
