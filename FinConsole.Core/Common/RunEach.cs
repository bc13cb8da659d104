namespace FinConsole.Core.Common;

/// <summary>Work of a sweep, each piece in a transaction of its own.</summary>
public static class RunEach
{
    /// <summary>
    /// Does every piece, whatever became of those before it: one tenant's broken log must not keep another's keys from being erased.
    /// Returns how many pieces did something.
    /// </summary>
    /// <exception cref="AggregateException">Some pieces failed; the others are done.</exception>
    public static async Task<int> DoAsync<T>(IEnumerable<T> pieces, Func<T, Task<bool>> tryDo)
    {
        var done = 0;
        var failures = new List<Exception>();
        foreach (var piece in pieces)
        {
            try
            {
                if (await tryDo(piece))
                    done++;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(failure);
            }
        }

        return failures.Count == 0 ? done : throw new AggregateException(failures);
    }
}
