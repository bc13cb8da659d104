using System.Data.Common;
using System.Security.Cryptography;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace FinConsole.Tests.Data;

/// <summary>Files of SQLite: brought up to date, cut off in the middle of that, and compared.</summary>
internal static class MigrationCuts
{
    /// <summary>Brings a file up to date as a start does.</summary>
    public static Task ApplyAsync(string file, params IInterceptor[] interceptors) =>
        new DatabaseMigration(new ConsoleDb(() => Open(file, interceptors)), NullLogger<DatabaseMigration>.Instance).ApplyAsync(Stop);

    /// <summary>As EF Core by itself would do it.</summary>
    public static async Task ApplyByEntityFrameworkAsync(string file, params IInterceptor[] interceptors)
    {
        await using var context = Open(file, interceptors);
        await context.Database.MigrateAsync(Stop);
    }

    /// <summary>A copy of what is on the disk: what is left when the process is killed now.</summary>
    public static string Cut(string file, string name)
    {
        var copy = Path.Combine(Path.GetDirectoryName(file)!, name);
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(copy + suffix);
        File.Copy(file, copy);
        if (File.Exists(file + "-wal"))
            File.Copy(file + "-wal", copy + "-wal");
        return copy;
    }

    /// <summary>What is on the disk, in short.</summary>
    public static string HashOf(string file) =>
        string.Join('+', new[] { file, file + "-wal" }.Where(File.Exists).Select(each => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(each)))));

    /// <summary>Every table, index, trigger and row, in one order. Without EF Core's lock, which says nothing of the data.</summary>
    public static async Task<string> DumpAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Stop);
        var objects = await ReadAsync(connection, """SELECT "type", "name", "sql" FROM "sqlite_master" WHERE "tbl_name" <> '__EFMigrationsLock' ORDER BY 1, 2""");
        var lines = new List<string>(objects);
        foreach (var table in objects.Where(row => row.StartsWith("table|", StringComparison.Ordinal)).Select(row => row.Split('|')[1]))
            lines.AddRange((await ReadAsync(connection, $"SELECT * FROM \"{table}\"")).Order(StringComparer.Ordinal).Select(row => $"{table}: {row}"));
        return string.Join('\n', lines);
    }

    private static SqliteConsoleDbContext Open(string file, IInterceptor[] interceptors) => new(
        new DbContextOptionsBuilder<SqliteConsoleDbContext>().UseSqlite($"Data Source={file};Pooling=False")
            .AddInterceptors([new SqlitePragmas(), .. interceptors])
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning)).Options);

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var rows = new List<string>();
        while (await reader.ReadAsync(Stop))
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => TextOf(reader.GetValue(column)))));
        return rows;
    }

    private static string TextOf(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
}

/// <summary>Calls an action before each statement and before each commit.</summary>
internal sealed class BeforeEachStatement(Action act) : DbCommandInterceptor, IDbTransactionInterceptor
{
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        act();
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        act();
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        act();
        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        act();
        return ValueTask.FromResult(result);
    }
}
