using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Npgsql;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>Started on a database that it cannot use, the program says so in one sentence and exits with 1: no stack trace, and no line of a log that has one.</summary>
public sealed class UnusableDatabaseTests(CommandTests.FirstStart first) : IClassFixture<CommandTests.FirstStart>
{
    private const string ReadOnly = "The database is read-only: give the program write access to it (for SQLite, to the file and its folder) and start again.\n";
    private const string CannotOpen = "The database file cannot be opened or made: check ConnectionStrings:FinConsole, and that the program may write to the file and its folder.\n";
    private const string Unreachable = "No database server answers: check the address in ConnectionStrings:FinConsole, and that the server runs.\n";
    private const string AccessDenied =
        "The database server refuses access: check the account and the password in ConnectionStrings:FinConsole, and the permissions of the account.\n";

    // In a mount namespace that ends with the program: root may write to anything else.
    private const string Mount = """mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@" """;

    [Theory]
    [InlineData(true, CannotOpen)]
    [InlineData(false, CannotOpen)]
    public async Task SQLite_in_a_folder_that_cannot_be_written_to(bool isThere, string sentence)
    {
        using var console = NewConsole();
        var folder = Directory.CreateDirectory(Path.Combine(console.Folder, "database")).FullName;
        foreach (var file in isThere ? Directory.GetFiles(console.Folder, "test.db*") : [])
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        console.Settings["ConnectionStrings__FinConsole"] = $"Data Source={folder}/test.db";
        console.Wrapper = ["unshare", "-rm", "sh", "-c", Mount, folder];

        await RefusesAsync(console, sentence);
    }

    [Fact]
    public async Task SQLite_opened_for_reading_alone()
    {
        using var console = NewConsole();
        console.Settings["ConnectionStrings__FinConsole"] += ";Mode=ReadOnly";

        await RefusesAsync(console, ReadOnly);
    }

    [Fact]
    public async Task A_file_that_is_no_database()
    {
        using var console = NewConsole();
        var file = Path.Combine(console.Folder, "other.db");
        await File.WriteAllTextAsync(file, new string('x', 4096), Stop);
        console.Settings["ConnectionStrings__FinConsole"] = $"Data Source={file}";

        await RefusesAsync(console, CannotOpen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PostgreSQL_that_takes_no_writes(bool isMigrated)
    {
        await using var database = await Databases.NewAsync(DatabaseProvider.PostgreSql);
        using var console = NewConsole(database);
        if (!isMigrated)
            await ExecuteAsync(database.ConnectionString, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        console.Settings["ConnectionStrings__FinConsole"] = database.ConnectionString + ";Options=-c default_transaction_read_only=on";

        await RefusesAsync(console, ReadOnly);
    }

    [Fact]
    public async Task PostgreSQL_that_does_not_answer_or_has_no_such_database_and_does_not_let_it_be_made()
    {
        await using var database = await Databases.NewAsync(DatabaseProvider.PostgreSql);
        using var console = NewConsole(database);
        console.Settings["ConnectionStrings__FinConsole"] = "Host=127.0.0.1;Port=1;Username=nobody;Database=nothing;Timeout=3";
        await RefusesAsync(console, Unreachable);

        // Who may make databases gets one made by the first start.
        var role = $"finconsole_{Guid.NewGuid():N}";
        await ExecuteAsync(database.ConnectionString, $"CREATE ROLE {role} LOGIN");
        var missing = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Database = "finconsole_that_never_was" };
        console.Settings["ConnectionStrings__FinConsole"] = missing.ConnectionString;
        await RefusesAsync(console, AccessDenied);
        await ExecuteAsync(database.ConnectionString, $"DROP ROLE {role}");
    }

    private ConsoleProcess NewConsole(TestDatabase? database = null)
    {
        var console = new ConsoleProcess(database);
        console.Inherit(first.Console);
        return console;
    }

    private static async Task RefusesAsync(ConsoleProcess console, string sentence)
    {
        var server = await console.RunAsync("--urls", "http://127.0.0.1:0");
        Assert.Equal((1, sentence), (server.Code, server.Errors));
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);

        Assert.Equal(new CommandOutcome(1, "", sentence), await console.RunAsync("tenant", "add", "Initech", "boss@initech.example"));
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
