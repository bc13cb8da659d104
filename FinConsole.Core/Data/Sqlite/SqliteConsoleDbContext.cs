using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data.Sqlite;

/// <summary>The model on SQLite, the embedded default.</summary>
public sealed class SqliteConsoleDbContext(DbContextOptions<SqliteConsoleDbContext> options) : ConsoleDbContext(options)
{
    public override SqlDialect Dialect => SqliteDialect.Instance;
}

internal sealed class SqliteDialect : SqlDialect
{
    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;

    public static readonly SqliteDialect Instance = new();

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override bool SerializesWriters => true;

    internal override string WithoutIndex => "NOT INDEXED";

    public override bool IsUniqueViolation(DbException failure) =>
        failure is SqliteException { SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint };

    // https://www.sqlite.org/rescode.html: READONLY, CANTOPEN, NOTADB, FULL.
    internal override DatabaseObstacle? ObstacleOf(DbException failure) => (failure as SqliteException)?.SqliteErrorCode switch
    {
        8 => DatabaseObstacle.ReadOnly,
        14 or 26 => DatabaseObstacle.CannotOpen,
        13 => DatabaseObstacle.Full,
        _ => null,
    };
}
