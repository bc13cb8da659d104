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
}
