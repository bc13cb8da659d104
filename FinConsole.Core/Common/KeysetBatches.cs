using System.Runtime.CompilerServices;

namespace FinConsole.Core.Common;

/// <summary>
/// Reads long lists by keyset, each piece a short read of its own: neither memory nor a read transaction grows with the list, and on
/// SQLite the log of writes can be checkpointed meanwhile. While one piece is worked on, the next is already read.
/// </summary>
public static class KeysetBatches
{
    /// <param name="readAfter">Reads at most so many rows behind the given one, null for the beginning; fewer only at the end.</param>
    /// <param name="scan">In whose turns they are read, and on whose thread: SQLite's reads block theirs.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<List<T>> ReadAsync<T>(
        Func<T?, int, CancellationToken, Task<List<T>>> readAfter, Scan scan, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = ReadNextAsync(null);
        try
        {
            while (true)
            {
                var (piece, last) = await next;
                if (!last)
                    next = ReadNextAsync(piece[^1]);
                if (piece.Count > 0)
                    yield return piece;
                if (last)
                    yield break;
            }
        }
        finally
        {
            // Who stops listening in the middle leaves no read behind.
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task<(List<T> Rows, bool Last)> ReadNextAsync(T? after) => scan.ReadAsync(
            async count =>
            {
                var rows = await readAfter(after, count, stop.Token);
                return (rows, rows.Count < count);
            },
            stop.Token);
    }
}
