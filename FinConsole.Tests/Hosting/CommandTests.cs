using System.Security.Cryptography;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>The operator's commands, as processes on a database of their own: what they print, and what they exit with.</summary>
public sealed class CommandTests : IClassFixture<CommandTests.FirstStart>, IDisposable
{
    private readonly ConsoleProcess _console = new();

    public CommandTests(FirstStart first) => _console.Inherit(first.Console);

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task A_tenant_is_added_listed_and_closed()
    {
        var added = await RunAsync("tenant", "add", "Initech", "boss@initech.example");
        Assert.Equal((0, ""), (added.Code, added.Errors));
        Assert.Matches(@"\AInitech is ready\. boss@initech\.example joins .*\nhttps://console\.example/account/accept-invitation\?token=[0-9A-Za-z]{43}\n\z", added.Output);

        Assert.Matches(@"\AInitech  0 active members, since \d{4}-\d\d-\d\d\n\z", (await RunAsync("tenant", "list")).Output);
        Assert.Equal(new CommandOutcome(0, "Initech is closed: nobody signs in any more, and its tokens are refused. Open sessions ended: 0.\n", ""), await RunAsync("tenant", "close", "INITECH"));
        Assert.Matches(@", closed \d{4}-\d\d-\d\d\n\z", (await RunAsync("tenant", "list")).Output);
        Assert.Equal(new CommandOutcome(1, "", "That tenant is closed already.\n"), await RunAsync("tenant", "close", "Initech"));
        Assert.Equal((0, 2), await VerifyAsync());
    }

    [Fact]
    public async Task What_cannot_be_done_says_why_and_exits_with_one()
    {
        Assert.Equal(new CommandOutcome(1, "", "There is no tenant named \"Initech\".\n"), await RunAsync("tenant", "close", "Initech"));
        Assert.Equal(new CommandOutcome(1, "", "There is no such member.\n"), await RunAsync("member", "reset-mfa", "nobody@nowhere.example"));
        Assert.Equal(new CommandOutcome(1, "", "Enter 1 to 80 characters.\nEnter an email address, for example ann@example.com.\n"), await RunAsync("tenant", "add", " ", "nope"));
        var incomplete = await RunAsync("tenant", "add");
        Assert.Equal(1, incomplete.Code);
        Assert.Contains("ADMIN-EMAIL", incomplete.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_misspelt_is_told_as_such_and_starts_no_server()
    {
        var misspelt = await RunAsync("tenants", "list");

        Assert.Equal(1, misspelt.Code);
        Assert.Contains("'tenants'", misspelt.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_token_is_added_identified_and_revoked()
    {
        var added = await RunAsync("service-token", "add", "Gateway", "--expires", "30");
        Assert.Equal(0, added.Code);
        Assert.Matches(@"\Afc_svc_[0-9A-Za-z]{49}\n\z", added.Output);
        Assert.Matches(@"\AGateway lives until \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Its secret is shown this once:\n\z", added.Errors);

        var masked = added.Output[..11] + "…" + added.Output[^5..^1];
        Assert.Equal(new CommandOutcome(0, $"{masked} is the service token \"Gateway\": Active\n", ""), await _console.RunAsync("  " + added.Output, ["token", "identify"]));
        Assert.Matches($@"\AGateway  {masked}  active until .* UTC, made .* UTC, never used\n\z", (await RunAsync("service-token", "list")).Output);
        Assert.Equal(new CommandOutcome(0, "Gateway is revoked: every running console refuses it within a second.\n", ""), await RunAsync("service-token", "revoke", added.Output[..11]));
        Assert.Equal(new CommandOutcome(0, $"{masked} is the service token \"Gateway\": Revoked\n", ""), await _console.RunAsync(added.Output, ["token", "identify"]));
        Assert.Equal("operator: intact, 2 entries.\n", (await RunAsync("audit", "verify")).Output);
    }

    [Fact]
    public async Task Verification_lists_a_log_that_somebody_removed_and_no_command_begins_it_anew()
    {
        Assert.Equal(0, (await RunAsync("tenant", "add", "Initech", "boss@initech.example")).Code);
        await using (var connection = new SqliteConnection(_console.ConnectionString))
        {
            await connection.OpenAsync(Stop);
            await using var erase = connection.CreateCommand();
            erase.CommandText = """
                DROP TRIGGER "AuditEntries_refuse_delete";
                DELETE FROM "AuditEntries" WHERE "TenantId" = '00000000-0000-0000-0000-000000000000';
                DELETE FROM "AuditHeads" WHERE "TenantId" = '00000000-0000-0000-0000-000000000000';
                """;
            Assert.Equal(2, await erase.ExecuteNonQueryAsync(Stop));
        }

        var refused = await RunAsync("service-token", "add", "Gateway");
        var verified = await RunAsync("audit", "verify");

        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Matches(@"\AThe audit log of tenant 0{8}-[0-9a-f-]{27} is missing: .*\n\z", refused.Errors);
        Assert.Equal(new CommandOutcome(1, "tables: BROKEN. The trigger AuditEntries_refuse_delete of the table AuditEntries is missing.\nInitech: intact, 2 entries.\noperator: BROKEN. The log is missing: its end and all of its entries were removed.\n", ""), verified);
    }

    [Fact]
    public async Task A_public_key_that_somebody_exchanged_is_not_printed_and_signs_nothing()
    {
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", (await RunAsync("audit", "public-key")).Output, StringComparison.Ordinal);
        await using (var connection = new SqliteConnection(_console.ConnectionString))
        {
            await connection.OpenAsync(Stop);
            await using var exchange = connection.CreateCommand();
            exchange.CommandText = "UPDATE \"CheckpointKeys\" SET \"PublicKey\" = @key";
            using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            exchange.Parameters.AddWithValue("@key", stranger.ExportSubjectPublicKeyInfo());
            Assert.Equal(1, await exchange.ExecuteNonQueryAsync(Stop));
        }

        var printed = await RunAsync("audit", "public-key");
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        var made = await RunAsync("audit", "checkpoint", "--tenant", "operator", "--out", file);

        Assert.Equal(new CommandOutcome(1, "", CheckpointErrors.KeyAltered.Message + "\n"), printed);
        Assert.Equal(printed, made);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_written_is_not_made_and_takes_the_place_of_none()
    {
        var kept = Path.Combine(_console.Folder, "kept.json");
        var made = await RunAsync("audit", "checkpoint", "--tenant", "operator", "--out", kept);
        Assert.Equal((0, ""), (made.Code, made.Errors));
        var size = (await RunAsync("audit", "verify")).Output;

        var nowhere = await RunAsync("audit", "checkpoint", "--tenant", "operator", "--out", Path.Combine(_console.Folder, "nowhere", "new.json"));
        var folder = await RunAsync("audit", "checkpoint", "--tenant", "operator", "--out", _console.Folder);

        Assert.Equal((1, ""), (nowhere.Code, nowhere.Output));
        Assert.Matches(@"\ACould not find a part of the path '[^']+'\.\n\z", nowhere.Errors);
        Assert.Equal(new CommandOutcome(1, "", $"{_console.Folder} is a folder.\n"), folder);
        Assert.Equal(size, (await RunAsync("audit", "verify")).Output);
        Assert.Equal(0, (await RunAsync("audit", "verify", "--checkpoint", kept)).Code);
        Assert.DoesNotContain(Directory.EnumerateFiles(_console.Folder), file => file.Contains(".json.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_note_of_the_pepper_that_somebody_removed_is_reported_for_all_logs_and_for_one()
    {
        await using (var connection = new SqliteConnection(_console.ConnectionString))
        {
            await connection.OpenAsync(Stop);
            await using var erase = connection.CreateCommand();
            erase.CommandText = "DELETE FROM \"InstanceFacts\" WHERE \"Name\" = 'pepper-fingerprint'";
            Assert.Equal(1, await erase.ExecuteNonQueryAsync(Stop));
        }

        var verified = await RunAsync("audit", "verify");

        Assert.Equal((1, ""), (verified.Code, verified.Errors));
        Assert.Matches(@"\Apepper: BROKEN\. The note of the pepper is missing: [^\n]*\noperator: intact, \d+ entries\.\n\z", verified.Output);
        Assert.Equal(verified, await RunAsync("audit", "verify", "--tenant", "operator"));
    }

    [Fact]
    public async Task An_index_that_does_not_hold_what_its_table_holds_is_reported_for_all_logs_and_for_one()
    {
        Assert.Equal(0, (await RunAsync("tenant", "add", "Initech", "boss@initech.example")).Code);
        await ExecuteAsync(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = sql || ' WHERE "Action" < 0' WHERE name = 'IX_AuditEntries_TenantId_Action_Sequence';
            PRAGMA writable_schema = RESET;
            REINDEX "IX_AuditEntries_TenantId_Action_Sequence";
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = replace(sql, ' WHERE "Action" < 0', '') WHERE name = 'IX_AuditEntries_TenantId_Action_Sequence';
            PRAGMA writable_schema = RESET;
            """);

        var verified = await RunAsync("audit", "verify");

        Assert.Matches(@"\Atables: BROKEN\. The table AuditEntries and its indexes do not hold the same[^\n]*\nInitech: intact, ", verified.Output);
        var one = await RunAsync("audit", "verify", "--tenant", "operator");
        Assert.Equal((1, verified.Output.Replace("Initech: intact, 2 entries.\n", "", StringComparison.Ordinal)), (one.Code, one.Output));
    }

    [Fact]
    public async Task No_tenant_takes_the_name_of_something_else_in_a_report_and_no_checkpoint_is_made_of_one_of_two_logs()
    {
        foreach (var name in (string[])["operator", "Operator ", "TABLES", "pepper", "KeyRing"])
        {
            var refused = await RunAsync("tenant", "add", name, "boss@initech.example");
            Assert.Equal(new CommandOutcome(1, "", "Choose another name: reports of the audit log call something else by this one.\n"), refused);
        }

        // As an older version made them.
        Assert.Equal(0, (await RunAsync("tenant", "add", "Initech", "boss@initech.example")).Code);
        await ExecuteAsync("""UPDATE "Tenants" SET "Name" = 'Operator', "NameKey" = 'operator'""");
        var file = Path.Combine(_console.Folder, "operator.json");

        var either = await RunAsync("audit", "checkpoint", "--tenant", "operator", "--out", file);
        var one = await RunAsync("audit", "checkpoint", "--tenant", Guid.Empty.ToString(), "--out", file);

        Assert.Matches($@"\ASeveral logs go by ""operator""\. Say which by its id: [0-9a-f-]{{36}}, {Guid.Empty}\.\n\z", either.Errors);
        Assert.Equal((1, ""), (either.Code, either.Output));
        Assert.Equal((0, ""), (one.Code, one.Errors));
        Assert.Contains(Guid.Empty.ToString(), await File.ReadAllTextAsync(file, Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AuditEntries")]
    [InlineData("AuditSeals")]
    [InlineData("InstanceFacts")]
    public async Task A_table_that_somebody_dropped_is_named_in_one_sentence(string table)
    {
        await using (var connection = new SqliteConnection(_console.ConnectionString))
        {
            await connection.OpenAsync(Stop);
            await using var drop = connection.CreateCommand();
            drop.CommandText = $"PRAGMA foreign_keys = OFF; DROP TABLE \"{table}\";";
            await drop.ExecuteNonQueryAsync(Stop);
        }

        var verified = await RunAsync("audit", "verify");

        Assert.Equal(1, verified.Code);
        Assert.Equal($"tables: BROKEN. The table {table} is missing.\n", verified.Output);
        Assert.Matches($@"\AThe database failed: [^\n]*\b{table}\b[^\n]*\n\z", verified.Errors);
    }

    [Fact]
    public async Task What_is_no_token_of_this_console_is_said_to_be_none()
    {
        var foreign = ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal();

        Assert.Equal(new CommandOutcome(1, "", $"{foreign[..11]}…{foreign[^4..]} is well formed, but no token of this console.\n"), await _console.RunAsync(foreign, ["token", "identify"]));
        Assert.Equal(new CommandOutcome(1, "", "That is no token: its shape or its checksum is wrong.\n"), await _console.RunAsync(new string('x', 1_000_000), ["token", "identify"]));
        Assert.Equal(new CommandOutcome(1, "", "There is no live service token of that name or prefix.\n"), await RunAsync("service-token", "revoke", "nobody"));
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var help = await RunAsync("--help");
        Assert.Equal(0, help.Code);
        foreach (var word in new[] { "tenant", "member", "audit", "token", "service-token" })
            Assert.Contains(word, help.Output, StringComparison.Ordinal);
        var tenant = await RunAsync("tenant", "--help");
        foreach (var word in new[] { "add <NAME> <ADMIN-EMAIL>", "close <NAME>", "list" })
            Assert.Contains(word, tenant.Output, StringComparison.Ordinal);
        var service = await RunAsync("service-token", "--help");
        foreach (var word in new[] { "add <NAME>", "list", "revoke <NAME|PREFIX>" })
            Assert.Contains(word, service.Output, StringComparison.Ordinal);
        Assert.Contains("--expires <DAYS>", (await RunAsync("service-token", "add", "--help")).Output, StringComparison.Ordinal);
        Assert.Contains("standard input", (await RunAsync("token", "identify", "--help")).Output, StringComparison.Ordinal);
        Assert.Contains("reset-mfa <EMAIL>", (await RunAsync("member", "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_start_prints_a_link_to_set_the_console_up_and_the_next_one_another()
    {
        using var empty = new ConsoleProcess();
        var first = await StartAsync(empty);
        Assert.Matches(@"https://console\.example/setup\?token=[0-9A-Za-z]{43}", first);
        Assert.NotEqual(first, await StartAsync(empty));

        await empty.RunAsync("tenant", "add", "Initech", "boss@initech.example");
        Assert.DoesNotContain("/setup", await StartAsync(empty), StringComparison.Ordinal);
    }

    /// <summary>An installation that was started once, and so has its tables and its secrets.</summary>
    public sealed class FirstStart : IAsyncLifetime
    {
        internal ConsoleProcess Console { get; } = new();

        public async ValueTask InitializeAsync() => Assert.Equal(new CommandOutcome(0, "There is no tenant yet.\n", ""), await Console.RunAsync("tenant", "list"));

        public ValueTask DisposeAsync()
        {
            Console.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private async Task<(int Code, int Intact)> VerifyAsync()
    {
        var verified = await RunAsync("audit", "verify");
        return (verified.Code, verified.Output.Split('\n').Count(line => line.Contains(": intact", StringComparison.Ordinal)));
    }

    private Task<CommandOutcome> RunAsync(params string[] arguments) => _console.RunAsync(arguments);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(_console.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }

    // Serves until it says that it listens; answers what it printed before.
    private static async Task<string> StartAsync(ConsoleProcess console)
    {
        await using var served = await console.ServeAsync();
        return string.Join('\n', served.Output.TakeWhile(line => !line.Contains("Now listening", StringComparison.Ordinal)));
    }
}
