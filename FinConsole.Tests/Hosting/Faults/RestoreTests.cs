using System.Net;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Npgsql;
using Xunit;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>Backup and restore as docs/operations.md says, with the databases' own tools, while the program runs.</summary>
public sealed class RestoreTests
{
    private static string? Admin => Environment.GetEnvironmentVariable(Databases.PostgreSqlVariable);

    [Fact]
    public async Task SQLite_comes_back_from_its_backup_with_tokens_that_verify_and_a_log_that_is_whole()
    {
        using var installation = await SeededInstallation.MakeAsync();
        var (database, backup) = (Path.Combine(installation.Process.Folder, "test.db"), Path.Combine(installation.Process.Folder, "backup.db"));
        await using (await installation.Process.ServeAsync())
            await Programs.RunAsync("sqlite3", [database, $".backup {backup}"]);

        foreach (var file in new[] { database, database + "-wal", database + "-shm" })
            File.Delete(file);
        File.Move(backup, database);

        await CheckAsync(installation);
    }

    [Fact]
    public async Task PostgreSQL_comes_back_from_its_backup_with_tokens_that_verify_and_a_log_that_is_whole()
    {
        await using var database = await EmptyAsync();
        using var installation = await SeededInstallation.MakeAsync(database);
        var backup = Path.Combine(installation.Process.Folder, "backup.dump");
        await using (await installation.Process.ServeAsync())
            await Programs.RunAsync("pg_dump", ["--format=custom", $"--file={backup}", Address(database.ConnectionString)]);

        await using var empty = await EmptyAsync();
        await Programs.RunAsync("pg_restore", ["--exit-on-error", "--no-owner", $"--dbname={Address(empty.ConnectionString)}", backup]);
        installation.Process.Settings["ConnectionStrings__FinConsole"] = empty.ConnectionString;

        await CheckAsync(installation);
    }

    private static async Task CheckAsync(SeededInstallation installation)
    {
        var verified = await installation.Process.RunAsync("audit", "verify");
        Assert.True(verified.Code == 0, verified.Output + verified.Errors);
        await using var server = await installation.Process.ServeAsync();
        using var client = new HttpClient { BaseAddress = server.Url };
        using var answer = await client.SendAsync(ApiConsole.Get("/api/v1/whoami", ("X-Auth-Token", installation.Token.Secret.Reveal())), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string Address(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"postgresql://{parts.Username}@{parts.Host}:{parts.Port}/{parts.Database}";
    }

    private static async Task<TestDatabase> EmptyAsync()
    {
        var name = $"finconsole_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        var connectionString = new NpgsqlConnectionStringBuilder(Admin) { Database = name }.ConnectionString;
        return new TestDatabase(DatabaseProvider.PostgreSql, connectionString, () => ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)"));
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Admin);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
