using FinConsole.Core.Audit.Verification.Schema;
using FinConsole.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>
/// Somebody edits rows of SQLite's own table of tables, whose types and names it takes in any letter case and up to a NUL: nothing that is
/// in force is overlooked for its spelling.
/// </summary>
public sealed class ForeignSchemaRowTests : IAsyncLifetime
{
    private const string Sentence = "A row of sqlite_master is not as SQLite writes it";

    private readonly SqliteCore _core = new();

    public async ValueTask InitializeAsync()
    {
        await _core.InitializeAsync();
        await _core.NewTenantAsync();
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Theory]
    [InlineData("upper(type)")]
    [InlineData("upper(substr(type, 1, 1)) || substr(type, 2)")]
    [InlineData("type || char(0)")]
    [InlineData("type || char(0) || 'x'")]
    [InlineData("type || CAST(x'00ff' AS TEXT)")]
    [InlineData("CAST(type AS BLOB)")]
    [InlineData("type || ' '")]
    [InlineData("' ' || type")]
    [InlineData("'thing'")]
    [InlineData("''")]
    [InlineData("7")]
    [InlineData("NULL")]
    [InlineData("CASE type WHEN 'table' THEN 'view' ELSE 'table' END")]
    public async Task A_type_in_another_spelling_is_named_for_every_kind_and_table(string type)
    {
        foreach (var table in (string[])["MemberSessions", "LoginAttempts", "ApiTokens", "AuditEntries", "AuditVolumes", "Tenants"])
        {
            await ExecuteAsync(
                $"""
                CREATE TRIGGER "T{table}" BEFORE INSERT ON "{table}" BEGIN SELECT RAISE(IGNORE); END;
                CREATE INDEX "I{table}" ON "{table}" (1 + 1);
                CREATE VIEW "V{table}" AS SELECT * FROM "{table}";
                """);
            foreach (var name in (string[])[table, $"T{table}", $"I{table}", $"V{table}"])
            {
                Assert.DoesNotContain(await FindAsync(), found => found.StartsWith(Sentence, StringComparison.Ordinal));
                await ExecuteAsync($"CREATE TABLE \"Kept\" AS SELECT name, type FROM sqlite_master WHERE name = '{name}'; {Rewrite($"type = {type}", $"name = '{name}'")}");

                Assert.Contains(await FindAsync(), found => found.StartsWith(Sentence, StringComparison.Ordinal) && found.Contains($", its name {name}, ", StringComparison.Ordinal));

                await ExecuteAsync($"{Rewrite("type = (SELECT type FROM \"Kept\")", $"name = '{name}'")}; DROP TABLE \"Kept\"");
            }

            await ExecuteAsync($"DROP TRIGGER \"T{table}\"; DROP INDEX \"I{table}\"; DROP VIEW \"V{table}\"");
        }

        Assert.Empty(await FindAsync());
    }

    [Theory]
    [InlineData("'TRIGGER'", true)]
    [InlineData("'tRigger'", true)]
    [InlineData("'trigger' || char(0) || 'x'", true)]
    [InlineData("CAST('TRIGGER' AS BLOB)", true)]
    [InlineData("'trigger '", false)]
    [InlineData("'thing'", false)]
    public async Task A_trigger_in_a_spelling_that_SQLite_takes_is_named_as_a_trigger_and_others_SQLite_itself_refuses(string type, bool takes)
    {
        await ExecuteAsync($"CREATE TRIGGER \"zz\" BEFORE DELETE ON \"MemberSessions\" BEGIN SELECT RAISE(ABORT, 'kept'); END; {Rewrite($"type = {type}", "name = 'zz'")}");

        var found = await FindAsync();
        await using var fresh = new SqliteConnection(_core.ConnectionString + ";Pooling=False");
        await fresh.OpenAsync(Stop);
        await using var explain = fresh.CreateCommand();
        explain.CommandText = "EXPLAIN DELETE FROM \"MemberSessions\"";

        Assert.Equal(takes, found.Exists(each => each.StartsWith("This program did not make the trigger zz of the table MemberSessions", StringComparison.Ordinal)));
        Assert.Contains(found, each => each.StartsWith(Sentence, StringComparison.Ordinal));
        if (takes)
            Assert.Contains("kept", await ReadAllAsync(explain), StringComparison.Ordinal);
        else
            Assert.Contains("malformed", (await Assert.ThrowsAsync<SqliteException>(() => ReadAllAsync(explain))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tbl_name = upper(tbl_name)")]
    [InlineData("tbl_name = tbl_name || char(0) || 'x'")]
    [InlineData("tbl_name = CAST(tbl_name AS BLOB)")]
    [InlineData("name = name || char(0)")]
    [InlineData("name = CAST(name AS BLOB)")]
    [InlineData("sql = CAST(sql AS BLOB)")]
    [InlineData("sql = sql || char(0) || 'x'")]
    [InlineData("sql = replace(sql, 'CREATE', 'create')")]
    public async Task Names_and_words_in_another_spelling_hide_no_index(string change)
    {
        await ExecuteAsync($"CREATE INDEX \"More\" ON \"AuditVolumes\" (\"Hour\"); {Rewrite(change, "name = 'More'")}");

        var found = await FindAsync();

        Assert.Contains(found, each => each.StartsWith("This program did not make the index More of the table AuditVolumes", StringComparison.Ordinal));
        Assert.Contains(found, each => each.StartsWith(Sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("upper(name)")]
    [InlineData("name || char(0)")]
    public async Task A_table_under_another_spelling_of_its_name_has_its_indexes_checked_all_the_same(string name)
    {
        const string index = "IX_AuditAnchors_Number";
        await ExecuteAsync($"{Rewrite("sql = sql || ' WHERE \"Number\" > 7'", $"name = '{index}'", reset: true)}; REINDEX \"{index}\"");
        await ExecuteAsync(Rewrite($"sql = replace(sql, ' WHERE \"Number\" > 7', '')", $"name = '{index}'"));
        await ExecuteAsync(Rewrite($"name = {name}, tbl_name = {name}", "name = 'AuditAnchors'", reset: true));

        var found = await FindAsync();

        Assert.Contains(found, each => each.StartsWith("The table AuditAnchors and its indexes do not hold the same", StringComparison.Ordinal));
        Assert.Contains(found, each => each.StartsWith(Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Spaces_that_are_letters_to_SQLite_do_not_pass_for_spaces()
    {
        await ExecuteAsync(Rewrite("sql = replace(sql, '\"CorrelationId\" TEXT NOT NULL', '\"CorrelationId\" TEXT' || char(160) || 'NOT' || char(160) || 'NULL')", "name = 'AuditEntries'"));

        Assert.StartsWith("The column CorrelationId of the table AuditEntries was changed.", Assert.Single(await FindAsync()), StringComparison.Ordinal);
    }

    // The connection goes on with what it has read before, as a running program does, unless it is told to read anew.
    private static string Rewrite(string change, string where, bool reset = false) =>
        $"PRAGMA writable_schema = ON; UPDATE sqlite_master SET {change} WHERE {where}; PRAGMA writable_schema = {(reset ? "RESET" : "OFF")}";

    private async Task<List<string>> FindAsync() => [.. (await _core.Get<CompareAuditSchema>().HandleAsync(Stop))!.Select(fault => fault.Describe())];

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _core.Db.OpenForOperator();
        await db.Database.ExecuteSqlRawAsync(sql, Stop);
    }

    private static async Task<string> ReadAllAsync(SqliteCommand command)
    {
        var all = new System.Text.StringBuilder();
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
        {
            for (var column = 0; column < reader.FieldCount; column++)
                all.Append(reader.GetValue(column)).Append(' ');
        }

        return all.ToString();
    }
}
