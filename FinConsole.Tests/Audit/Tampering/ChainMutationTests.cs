using System.Data.Common;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>
/// Random changes of rows, columns, types and spellings, in every table that verification vouches for, one at a time: whatever the tables
/// then hold that they did not hold before is found, and what is as before is not complained of. The seed is fixed.
/// </summary>
public abstract class ChainMutationTests(CoreHost core, int seed) : IAsyncLifetime
{
    private TamperedLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        await core.InitializeAsync();
        _log = await TamperedLog.MakeAsync(core);
        await _log.DropTriggersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await core.DisposeAsync();
    }

    /// <param name="constrained">Whether keys, types and NOT NULL are still as the program made them.</param>
    /// <param name="count">How many changes.</param>
    protected async Task FindsEveryChangeAsync(bool constrained, int count)
    {
        await using var tables = await StoredTables.OpenAsync(core.Provider, core.ConnectionString, constrained);
        var original = await tables.DumpAsync();
        var dice = new Random(seed);
        var (missed, alike) = (new List<string>(), 0);
        for (var done = 0; done < count;)
        {
            var mutation = LogMutations.Draw(dice, core.Provider);
            if (!await tables.TryChangeAsync(mutation))
                continue;
            done++;
            var changed = await tables.DumpAsync() != original;
            alike += changed ? 0 : 1;
            var reports = await _log.VerifyAsync(done % 2 == 0 ? _log.Checkpoint : null);
            if (changed == reports.TrueForAll(report => report.Verdict.Intact))
                missed.Add($"{(changed ? "missed" : "false alarm")}: {mutation}: {string.Join("; ", reports.Where(report => !report.Verdict.Intact))}");
            await tables.RestoreAsync();
        }

        Assert.Empty(missed);
        // The dice must reach both kinds.
        Assert.InRange(alike, 1, count / 3);
        Assert.All(await _log.VerifyAsync(_log.Checkpoint), report => Assert.True(report.Verdict.Intact, report.ToString()));
    }

    public sealed class OnSqlite() : ChainMutationTests(new SqliteCore(), 26)
    {
        [Fact]
        public Task Finds_500_changes_of_rows_and_columns_within_their_constraints() => FindsEveryChangeAsync(constrained: true, 500);

        [Fact]
        public Task Finds_500_changes_in_tables_without_types_and_keys() => FindsEveryChangeAsync(constrained: false, 500);
    }

    public sealed class OnPostgreSql() : ChainMutationTests(new PostgreSqlCore(), 27)
    {
        [Fact]
        public Task Finds_150_changes_of_rows_and_columns_within_their_constraints() => FindsEveryChangeAsync(constrained: true, 150);

        [Fact]
        public Task Finds_150_changes_in_tables_without_keys() => FindsEveryChangeAsync(constrained: false, 150);
    }

    /// <summary>The tables, by a connection of its own, as whoever has the database sees them.</summary>
    private sealed class StoredTables(DbConnection connection, DatabaseProvider provider) : IAsyncDisposable
    {
        private static readonly IEnumerable<string> Names = TamperedLog.Tables.Keys;

        public static async Task<StoredTables> OpenAsync(DatabaseProvider provider, string connectionString, bool constrained)
        {
            DbConnection connection = provider == DatabaseProvider.Sqlite ? new SqliteConnection(connectionString)
            : new NpgsqlConnection(connectionString);
            await connection.OpenAsync(Stop);
            var tables = new StoredTables(connection, provider);
            if (provider == DatabaseProvider.Sqlite)
                await tables.ExecuteAsync("PRAGMA foreign_keys=OFF; PRAGMA legacy_alter_table=ON; PRAGMA synchronous=OFF");
            foreach (var table in Names)
            {
                if (!constrained)
                    await tables.LoosenAsync(table);
                if (provider == DatabaseProvider.PostgreSql)
                    await tables.ExecuteAsync($"ALTER TABLE \"{table}\" DISABLE TRIGGER ALL");
                await tables.ExecuteAsync($"CREATE TABLE \"Kept{table}\" AS SELECT * FROM \"{table}\"");
            }

            return tables;
        }

        /// <summary>False when the database refuses it; then nothing is changed.</summary>
        public async Task<bool> TryChangeAsync(string sql)
        {
            await using var transaction = await connection.BeginTransactionAsync(Stop);
            try
            {
                await using var command = connection.CreateCommand();
                (command.CommandText, command.Transaction) = (sql, transaction);
                await command.ExecuteNonQueryAsync(Stop);
                await transaction.CommitAsync(Stop);
                return true;
            }
            catch (DbException)
            {
                await transaction.RollbackAsync(Stop);
                return false;
            }
        }

        public async Task RestoreAsync()
        {
            foreach (var table in Names)
                await ExecuteAsync($"DELETE FROM \"{table}\"; INSERT INTO \"{table}\" SELECT * FROM \"Kept{table}\"");
        }

        /// <summary>Every covered value with its type, in one order, wherever its row stands.</summary>
        public async Task<string> DumpAsync()
        {
            var rows = new List<string>();
            foreach (var (table, columns) in TamperedLog.Tables)
            {
                var values = columns.Select(column => provider == DatabaseProvider.Sqlite
                ? $"typeof(\"{column}\"), hex(CAST(\"{column}\" AS BLOB))" : $"\"{column}\"::text");
                await using var command = connection.CreateCommand();
                command.CommandText = $"SELECT {string.Join(", ", values)} FROM \"{table}\"";
                await using var reader = await command.ExecuteReaderAsync(Stop);
                while (await reader.ReadAsync(Stop))
                    rows.Add(table + '|' + string.Join('|', Enumerable.Range(0, reader.FieldCount)
                        .Select(at => reader.IsDBNull(at) ? "NULL" : $"={reader.GetString(at)}")));
            }

            return string.Join('\n', rows.Order(StringComparer.Ordinal));
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();

        private async Task LoosenAsync(string table)
        {
            if (provider == DatabaseProvider.PostgreSql)
            {
                await ExecuteAsync(
                    $"""
                    DO $$ DECLARE part record; BEGIN
                        FOR part IN SELECT conname FROM pg_constraint WHERE conrelid = '"{table}"'::regclass AND contype IN ('p', 'u', 'f') LOOP
                            EXECUTE format('ALTER TABLE "{table}" DROP CONSTRAINT %I CASCADE', part.conname);
                        END LOOP;
                        FOR part IN SELECT indexrelid::regclass::text AS conname FROM pg_index WHERE indrelid = '"{table}"'::regclass AND indisunique LOOP
                            EXECUTE 'DROP INDEX ' || part.conname;
                        END LOOP;
                        FOR part IN SELECT attname AS conname FROM pg_attribute WHERE attrelid = '"{table}"'::regclass AND attnum > 0 AND attnotnull LOOP
                            EXECUTE format('ALTER TABLE "{table}" ALTER COLUMN %I DROP NOT NULL', part.conname);
                        END LOOP;
                    END $$
                    """);
                return;
            }

            var columns = new List<string>();
            await using (var command = connection.CreateCommand())
            {
                command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
                await using var reader = await command.ExecuteReaderAsync(Stop);
                while (await reader.ReadAsync(Stop))
                    columns.Add($"\"{reader.GetString(0)}\"");
            }

            var list = string.Join(", ", columns);
            await ExecuteAsync(
                $"ALTER TABLE \"{table}\" RENAME TO \"Old{table}\"; CREATE TABLE \"{table}\" ({list}); INSERT INTO \"{table}\" SELECT {list} FROM \"Old{table}\"; DROP TABLE \"Old{table}\"");
        }

        private async Task ExecuteAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(Stop);
        }
    }
}
