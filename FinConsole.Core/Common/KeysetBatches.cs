using System.Runtime.CompilerServices;

namespace FinConsole.Core.Common;

/// <summary>
/// Reads long lists by keyset, each piece a short read of its own: neither memory nor a read transaction grows with the list, and on
/// SQLite the log of writes can be checkpointed meanwhile. While one piece is worked on, the next is already read.
/// </summary>
public static class KeysetBatches
{
    /// <param name="readAfter">Reads at most <paramref name="size"/> rows behind the given one, null for the beginning; fewer only at the end.</param>
    /// <param name="size">How many rows make a piece.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<List<T>> ReadAsync<T>(
        Func<T?, CancellationToken, Task<List<T>>> readAfter, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = Begin(readAfter, null, stop.Token);
        try
        {
            while (true)
            {
                var piece = await next;
                var last = piece.Count < size;
                if (!last)
                    next = Begin(readAfter, piece[^1], stop.Token);
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
    }

    // On a thread of its own: SQLite's reads block theirs.
    private static Task<List<T>> Begin<T>(Func<T?, CancellationToken, Task<List<T>>> readAfter, T? last, CancellationToken cancellationToken) =>
        Task.Run(() => readAfter(last, cancellationToken), cancellationToken);
}
