using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace FinConsole.Tests.Fixtures;

/// <summary>Makes migrated, empty databases quickly: migrated once a run as a template, then copied.</summary>
public static class Databases
{
    /// <summary>The administrator's connection string of a PostgreSQL server; <c>./test</c> and build/with-postgresql.sh set it.</summary>
    public const string PostgreSqlVariable = "FINCONSOLE_TEST_POSTGRESQL";

    /// <summary>The same for SQL Server. Where it is missing, tests on SQL Server are skipped: it cannot be installed everywhere.</summary>
    public const string SqlServerVariable = "FINCONSOLE_TEST_SQLSERVER";

    private static readonly SemaphoreSlim OneAtATime = new(1, 1);
    private static string? _sqliteTemplate;
    private static string? _postgreSqlTemplate;

    public static async Task<TestDatabase> NewAsync(DatabaseProvider provider)
    {
        await OneAtATime.WaitAsync();
        try
        {
            return provider switch
            {
                DatabaseProvider.Sqlite => await NewSqliteAsync(),
                DatabaseProvider.PostgreSql => await NewPostgreSqlAsync(),
                DatabaseProvider.SqlServer => await NewSqlServerAsync(),
            };
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>One that no program has started on: without tables; on SQLite, without a file.</summary>
    public static async Task<TestDatabase> NewEmptyAsync(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("finconsole-").FullName;
            return new TestDatabase(provider, $"Data Source={Path.Combine(folder, "finconsole.db")};Pooling=False", () =>
            {
                Directory.Delete(folder, recursive: true);
                return Task.CompletedTask;
            });
        }

        var admin = Environment.GetEnvironmentVariable(PostgreSqlVariable) ?? throw new InvalidOperationException($"{PostgreSqlVariable} names no server.");
        var name = NewName();
        await ExecuteAsync(admin, $"CREATE DATABASE {name}");
        return new TestDatabase(provider, In(admin, name), () => ExecuteAsync(admin, $"DROP DATABASE {name} WITH (FORCE)"));
    }

    private static async Task<TestDatabase> NewSqliteAsync()
    {
        if (_sqliteTemplate is null)
        {
            var template = Path.Combine(Directory.CreateTempSubdirectory("finconsole-").FullName, "template.db");
            await MigrateAsync(DatabaseProvider.Sqlite, $"Data Source={template};Pooling=False");
            await using var connection = new SqliteConnection($"Data Source={template};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(template)!, recursive: true);
            _sqliteTemplate = template;
        }

        var folder = Directory.CreateTempSubdirectory("finconsole-").FullName;
        var file = Path.Combine(folder, "finconsole.db");
        File.Copy(_sqliteTemplate, file);
        return new TestDatabase(DatabaseProvider.Sqlite, $"Data Source={file}", () =>
        {
            using (var connection = new SqliteConnection($"Data Source={file}"))
                SqliteConnection.ClearPool(connection);
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<TestDatabase> NewPostgreSqlAsync()
    {
        var admin = Environment.GetEnvironmentVariable(PostgreSqlVariable)
            ?? throw new InvalidOperationException($"Run ./test, or build/with-postgresql.sh dotnet test: {PostgreSqlVariable} names no PostgreSQL server.");
        if (_postgreSqlTemplate is null)
        {
            var template = NewName();
            await ExecuteAsync(admin, $"CREATE DATABASE {template}");
            await MigrateAsync(DatabaseProvider.PostgreSql, In(admin, template) + ";Pooling=False");
            _postgreSqlTemplate = template;
        }

        var name = NewName();
        await ExecuteAsync(admin, $"CREATE DATABASE {name} TEMPLATE {_postgreSqlTemplate}");
        var connectionString = In(admin, name);
        return new TestDatabase(DatabaseProvider.PostgreSql, connectionString, async () =>
        {
            await using (var connection = new NpgsqlConnection(connectionString))
                NpgsqlConnection.ClearPool(connection);
            await ExecuteAsync(admin, $"DROP DATABASE {name} WITH (FORCE)");
        });
    }

    private static async Task<TestDatabase> NewSqlServerAsync()
    {
        var admin = Environment.GetEnvironmentVariable(SqlServerVariable) ?? throw new InvalidOperationException($"{SqlServerVariable} names no server.");
        var name = NewName();
        var connectionString = new SqlConnectionStringBuilder(admin) { InitialCatalog = name }.ConnectionString;
        // MigrateAsync creates the database.
        await MigrateAsync(DatabaseProvider.SqlServer, connectionString);
        return new TestDatabase(DatabaseProvider.SqlServer, connectionString, async () =>
        {
            SqlConnection.ClearAllPools();
            await using var connection = new SqlConnection(admin);
            await connection.OpenAsync();
            await using var command = new SqlCommand($"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]", connection);
            await command.ExecuteNonQueryAsync();
        });
    }

    private static async Task MigrateAsync(DatabaseProvider provider, string connectionString)
    {
        await using var services = CoreHost.BuildServices(provider, connectionString, new FakeTimeProvider(CoreHost.Start));
        await services.GetRequiredService<DatabaseMigration>().ApplyAsync(CancellationToken.None);
        await services.GetRequiredService<OperatorChain>().EnsureAsync(CancellationToken.None);
    }

    private static string NewName() => $"finconsole_{Guid.NewGuid():N}";

    private static string In(string admin, string database) => new NpgsqlConnectionStringBuilder(admin) { Database = database, IncludeErrorDetail = true }.ConnectionString;

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A database of one test class's own; disposing removes it.</summary>
public sealed class TestDatabase(DatabaseProvider provider, string connectionString, Func<Task> remove) : IAsyncDisposable
{
    public DatabaseProvider Provider { get; } = provider;

    public string ConnectionString { get; } = connectionString;

    public async ValueTask DisposeAsync() => await remove();
}
