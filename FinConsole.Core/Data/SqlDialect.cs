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

    /// <summary>Whether the failure is a broken unique index or primary key: somebody else was faster.</summary>
    public abstract bool IsUniqueViolation(DbException failure);
}

/// <summary>Chosen by <c>Database:Provider</c>.</summary>
public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
    PostgreSql,
}
