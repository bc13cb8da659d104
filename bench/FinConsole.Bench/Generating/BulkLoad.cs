using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FinConsole.Bench.Generating;

/// <summary>
/// Loads rows as fast as the database takes them: prepared inserts or a binary copy, triggers on, indexes made at the end. Durability is off
/// meanwhile: what a power cut spoils is made anew.
/// </summary>
internal sealed class BulkLoad<T>(BenchHost host, BulkColumns<T> columns)
{
    private const int BatchSize = 50_000;

    public async Task RunAsync(Func<long, T> make, long rows)
    {
        var watch = Stopwatch.StartNew();
        await using var connection = await host.Database.OpenAsync();
        if (connection is SqliteConnection)
            await BenchDatabase.ExecuteAsync(connection, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA threads=2;");
        var indexes = await TakeIndexesAsync(connection);

        // The next batch is made while this one is written.
        var next = Task.Run(() => Batch(make, 1, rows));
        for (var first = 1L; first <= rows; first += BatchSize)
        {
            var batch = await next;
            var beyond = first + BatchSize;
            next = Task.Run(() => Batch(make, beyond, rows));
            if (connection is NpgsqlConnection postgreSql)
                await CopyAsync(postgreSql, batch);
            else
                Insert((SqliteConnection)connection, batch);
        }

        var written = watch.Elapsed;
        foreach (var index in indexes)
            await BenchDatabase.ExecuteAsync(connection, index);
        // What autovacuum does there by itself, a little later.
        await BenchDatabase.ExecuteAsync(connection, connection is NpgsqlConnection ? $"VACUUM ANALYZE \"{columns.Table}\"" : "PRAGMA journal_mode=WAL");
        Console.WriteLine($"{columns.Table}: {rows:N0} rows in {written.TotalSeconds:F0} s, {indexes.Count} indexes in {(watch.Elapsed - written).TotalSeconds:F0} s");
    }

    private static List<T> Batch(Func<long, T> make, long first, long rows)
    {
        var batch = new List<T>(BatchSize);
        for (var number = first; number < first + BatchSize && number <= rows; number++)
            batch.Add(make(number));
        return batch;
    }

    private void Insert(SqliteConnection connection, List<T> batch)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        var parameters = columns.PrepareInsert(command);
        foreach (var row in batch)
        {
            columns.Fill(parameters, row);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private async Task CopyAsync(NpgsqlConnection connection, List<T> batch)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{columns.Table}\" ({Joined("\"{0}\"")}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in batch)
        {
            copy.StartRow();
            for (var column = 0; column < columns.Names.Count; column++)
            {
                if (columns.Value(row, column) is { } value)
                    copy.Write(value);
                else
                    copy.WriteNull();
            }
        }

        await copy.CompleteAsync();
    }

    private string Joined(string format) => string.Join(", ", columns.Names.Select(name => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, name)));

    /// <summary>Drops the table's indexes and answers how they are made anew.</summary>
    private async Task<List<string>> TakeIndexesAsync(DbConnection connection)
    {
        var sql = connection is NpgsqlConnection
            ? $"SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '{columns.Table}' AND indexname NOT LIKE 'PK_%' AND indexname NOT LIKE 'AK_%'"
            : $"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '{columns.Table}' AND sql IS NOT NULL";
        var found = new List<(string Name, string Sql)>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                found.Add((reader.GetString(0), reader.GetString(1)));
        }

        foreach (var (name, _) in found)
            await BenchDatabase.ExecuteAsync(connection, $"DROP INDEX \"{name}\"");
        return [.. found.Select(index => index.Sql)];
    }
}
