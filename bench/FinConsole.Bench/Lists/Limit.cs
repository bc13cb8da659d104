namespace FinConsole.Bench.Lists;

internal static class Limit
{
    /// <summary>The first so many rows; tells of each.</summary>
    public static async IAsyncEnumerable<T> To<T>(IAsyncEnumerable<T> rows, long most, Action<long> at)
    {
        var count = 0L;
        await foreach (var row in rows)
        {
            at(++count);
            yield return row;
            if (count == most)
                yield break;
        }
    }
}
