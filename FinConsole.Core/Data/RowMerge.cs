using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data;

/// <summary>What becomes of a column when a row of the same key is there already.</summary>
internal enum MergeRule
{
    /// <summary>The two numbers are added.</summary>
    Add,

    /// <summary>The greater number stays.</summary>
    Greatest,
}

/// <summary>A table into which rows are merged: new keys are inserted, known ones change by each column's rule. Names come from the program alone.</summary>
/// <param name="Name">The table.</param>
/// <param name="Keys">The columns of its primary key.</param>
/// <param name="Values">The other columns, each with its rule.</param>
internal sealed record MergeTable(string Name, IReadOnlyList<string> Keys, IReadOnlyList<(string Column, MergeRule Rule)> Values)
{
    public IEnumerable<string> Columns => [.. Keys, .. Values.Select(value => value.Column)];

    public int Width => Keys.Count + Values.Count;

    /// <summary>The parameters of so many rows, numbered through: <c>({0}, {1}), ({2}, {3})</c>.</summary>
    public string Places(int rows) => string.Join(
        ", ", Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range(row * Width, Width).Select(place => $"{{{place}}}"))})"));
}

/// <summary>Merges rows in few statements. Several instances may merge the same keys at once: each row is changed under its own lock.</summary>
internal static class RowMerge
{
    // SQL Server takes 2,100 parameters a statement.
    private const int MostParameters = 2_000;

    /// <param name="context">Whose transaction it is.</param>
    /// <param name="table">Where to.</param>
    /// <param name="rows">Values in the order of <see cref="MergeTable.Columns"/>, as the database keeps them; no key twice, and in the one order that all writers keep.</param>
    /// <param name="cancellationToken">Stops between two statements.</param>
    public static async Task MergeAsync(this ConsoleDbContext context, MergeTable table, IReadOnlyList<object[]> rows, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Chunk(MostParameters / table.Width))
            await context.Database.ExecuteSqlRawAsync(context.Dialect.Merge(table, chunk.Length), chunk.SelectMany(row => row), cancellationToken);
    }
}
