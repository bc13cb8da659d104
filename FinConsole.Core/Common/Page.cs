namespace FinConsole.Core.Common;

/// <summary>One page of a keyset-paged list.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="NextCursor">Opaque; asks for the page after this one. Null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>Cuts a list that was read with one row more than <paramref name="size"/> into a page.</summary>
    public static Page<T> Of(List<T> rows, int size, Func<T, Cursor> cursor) =>
        rows.Count <= size
            ? new Page<T>(rows, null)
            : new Page<T>(rows[..size], cursor(rows[size - 1]).ToString());
}
