using System.Data.Common;
using FinConsole.Core.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FinConsole.Bench;

/// <summary>A database of the bench's own, removed at the end.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private const string ServerVariable = "FINCONSOLE_TEST_POSTGRESQL";

    private readonly Func<ValueTask> _remove;

    private BenchDatabase(DatabaseProvider provider, string connectionString, Func<ValueTask> remove) =>
        (Provider, ConnectionString, _remove) = (provider, connectionString, remove);

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public static Task<BenchDatabase> NewAsync(BenchOptions options, string name) =>
        options.Provider == DatabaseProvider.Sqlite ? Task.FromResult(NewSqlite(options, name)) : NewPostgreSqlAsync(name);

    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = Provider == DatabaseProvider.Sqlite ? new SqliteConnection(ConnectionString) : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public ValueTask DisposeAsync() => _remove();

    public static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static BenchDatabase NewSqlite(BenchOptions options, string name)
    {
        var file = Path.Combine(options.Folder, $"{name}.db");
        return new BenchDatabase(DatabaseProvider.Sqlite, $"Data Source={file}", () =>
        {
            SqliteConnection.ClearAllPools();
            foreach (var part in options.Keep ? [] : new[] { file, $"{file}-wal", $"{file}-shm" })
                File.Delete(part);
            return ValueTask.CompletedTask;
        });
    }

    private static async Task<BenchDatabase> NewPostgreSqlAsync(string name)
    {
        var admin = Environment.GetEnvironmentVariable(ServerVariable) ?? throw new InvalidOperationException($"{ServerVariable} names no server.");
        await using (var connection = new NpgsqlConnection(admin))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT 1 FROM pg_database WHERE datname = '{name}'";
            if (await command.ExecuteScalarAsync() is null)
                await ExecuteAsync(connection, $"CREATE DATABASE {name}");
        }

        // The server goes with all that it holds.
        return new BenchDatabase(DatabaseProvider.PostgreSql, new NpgsqlConnectionStringBuilder(admin) { Database = name }.ConnectionString, () => ValueTask.CompletedTask);
    }
}
