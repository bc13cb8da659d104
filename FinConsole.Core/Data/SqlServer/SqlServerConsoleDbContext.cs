using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data.SqlServer;

/// <summary>The model on SQL Server, for several instances.</summary>
public sealed class SqlServerConsoleDbContext(DbContextOptions<SqlServerConsoleDbContext> options) : ConsoleDbContext(options)
{
    public override SqlDialect Dialect => SqlServerDialect.Instance;
}

internal sealed class SqlServerDialect : SqlDialect
{
    private const int UniqueConstraint = 2627;
    private const int UniqueIndex = 2601;

    public static readonly SqlServerDialect Instance = new();

    public override DatabaseProvider Provider => DatabaseProvider.SqlServer;

    public override bool SerializesWriters => false;

    public override string? ByteCollation => "Latin1_General_100_BIN2";

    public override bool IsUniqueViolation(DbException failure) => failure is SqlException { Number: UniqueConstraint or UniqueIndex };

    internal override string PastLocks => "WITH (READPAST)";

    internal override string First(int rows) => $"OFFSET 0 ROWS FETCH NEXT {rows} ROWS ONLY";

    // sys.messages: 3906 and 3908 the database is read-only, 18456 and 229 no permission, 4060 no such database, 1105 no room, 53 and -2 no answer.
    internal override DatabaseObstacle? ObstacleOf(DbException failure) => (failure as SqlException)?.Number switch
    {
        3906 or 3908 => DatabaseObstacle.ReadOnly,
        18456 or 229 => DatabaseObstacle.AccessDenied,
        4060 => DatabaseObstacle.NoSuchDatabase,
        1105 => DatabaseObstacle.Full,
        53 or -2 => DatabaseObstacle.Unreachable,
        _ => null,
    };

    /// <remarks>HOLDLOCK keeps the key's place from the search to the insert; without it two instances would both insert.</remarks>
    internal override string Merge(MergeTable table, int rows)
    {
        var match = string.Join(" AND ", table.Keys.Select(key => $"old.\"{key}\" = new.\"{key}\""));
        var changes = table.Values.Select(value => value.Rule switch
        {
            MergeRule.Add => $"\"{value.Column}\" = old.\"{value.Column}\" + new.\"{value.Column}\"",
            MergeRule.Greatest => $"\"{value.Column}\" = CASE WHEN old.\"{value.Column}\" >= new.\"{value.Column}\" THEN old.\"{value.Column}\" ELSE new.\"{value.Column}\" END",
        });
        var values = string.Join(", ", table.Columns.Select(column => $"new.\"{column}\""));
        return $"MERGE INTO \"{table.Name}\" WITH (HOLDLOCK) AS old USING (VALUES {table.Places(rows)}) AS new ({Quoted(table.Columns)}) ON {match} "
            + $"WHEN MATCHED THEN UPDATE SET {string.Join(", ", changes)} WHEN NOT MATCHED THEN INSERT ({Quoted(table.Columns)}) VALUES ({values});";
    }
}
