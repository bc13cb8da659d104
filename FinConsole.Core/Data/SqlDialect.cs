using System.Data.Common;

namespace FinConsole.Core.Data;

/// <summary>What the databases do differently and EF Core does not hide.</summary>
public abstract class SqlDialect
{
    public abstract DatabaseProvider Provider { get; }

    /// <summary>True where only one write transaction can run at a time, so that writers queue in the program and not on the file lock.</summary>
    public abstract bool SerializesWriters { get; }

    /// <summary>The collation that sorts text by its bytes; null where that is the rule anyway.</summary>
    public virtual string? ByteCollation => null;

    /// <summary>The statement that tells other instances of a change as soon as its transaction is committed; null where they can only look for themselves.</summary>
    internal virtual string? ChangeNotice => null;

    /// <summary>Whether the failure is a broken unique index or primary key: somebody else was faster.</summary>
    public abstract bool IsUniqueViolation(DbException failure);

    /// <summary>What follows a table's name in a query that must not wait for other writers' rows; empty where no query does.</summary>
    internal virtual string PastLocks => "";

    /// <summary>What follows a table's name in a query that must read the rows themselves; empty where indexes are no second copy that could differ.</summary>
    internal virtual string WithoutIndex => "";

    /// <summary>What precedes a query that must see what triggers would otherwise do at the commit; empty where none can wait so long.</summary>
    internal virtual string RunDeferred => "";

    /// <summary>What follows ORDER BY so that only so many rows are read.</summary>
    internal virtual string First(int rows) => $"LIMIT {rows}";

    /// <summary>What stands in the way of using the database at all, where the failure says so.</summary>
    internal abstract DatabaseObstacle? ObstacleOf(DbException failure);

    /// <summary>The statement that merges so many rows into a table, with numbered places for their values.</summary>
    internal virtual string Merge(MergeTable table, int rows)
    {
        var changes = table.Values.Select(value => value.Rule switch
        {
            MergeRule.Add => $"""
                "{value.Column}" = "{table.Name}"."{value.Column}" + excluded."{value.Column}"
                """,
            MergeRule.Greatest => $"""
                "{value.Column}" = CASE WHEN "{table.Name}"."{value.Column}" >= excluded."{value.Column}" THEN "{table.Name}"."{value.Column}" ELSE excluded."{value.Column}" END
                """,
        });
        return $"INSERT INTO {Quoted([table.Name])} ({Quoted(table.Columns)}) VALUES {table.Places(rows)} ON CONFLICT ({Quoted(table.Keys)}) DO UPDATE SET {string.Join(", ", changes)}";
    }

    /// <summary>Names in double quotes, which all three databases take.</summary>
    protected static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}

/// <summary>Chosen by <c>Database:Provider</c>.</summary>
public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
    PostgreSql,
}
