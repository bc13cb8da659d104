using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FinConsole.Core.Data.PostgreSql;

/// <summary>The model on PostgreSQL, for several instances.</summary>
public sealed class PostgreSqlConsoleDbContext(DbContextOptions<PostgreSqlConsoleDbContext> options) : ConsoleDbContext(options)
{
    public override SqlDialect Dialect => PostgreSqlDialect.Instance;
}

internal sealed class PostgreSqlDialect : SqlDialect
{
    public static readonly PostgreSqlDialect Instance = new();

    public override DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    public override bool SerializesWriters => false;

    public override string? ByteCollation => "C";

    internal override string? ChangeNotice => $"NOTIFY {PostgreSqlChangeListener.Channel}";

    internal override string RunDeferred => "SET CONSTRAINTS ALL IMMEDIATE; ";

    public override bool IsUniqueViolation(DbException failure) => failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    internal override DatabaseObstacle? ObstacleOf(DbException failure) => failure.SqlState switch
    {
        PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseObstacle.ReadOnly,
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InsufficientPrivilege => DatabaseObstacle.AccessDenied,
        PostgresErrorCodes.InvalidCatalogName => DatabaseObstacle.NoSuchDatabase,
        PostgresErrorCodes.DiskFull => DatabaseObstacle.Full,
        PostgresErrorCodes.CannotConnectNow => DatabaseObstacle.Unreachable,
        _ => null,
    };
}
