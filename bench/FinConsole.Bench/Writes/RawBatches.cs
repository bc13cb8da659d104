using FinConsole.Bench.Generating;
using Microsoft.Data.Sqlite;

namespace FinConsole.Bench.Writes;

/// <summary>The fastest that rows can be made durable: one prepared statement, batches of 64 in a transaction each, nothing chained.</summary>
internal static class RawBatches
{
    private const int Batch = 64;

    public static async Task WriteAsync<T>(BenchHost host, BulkColumns<T> columns, IReadOnlyList<T> rows)
    {
        await using var connection = (SqliteConnection)await host.Database.OpenAsync();
        await BenchDatabase.ExecuteAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;");
        foreach (var batch in rows.Chunk(Batch))
        {
            await using var transaction = connection.BeginTransaction();
            await using var command = connection.CreateCommand();
            var parameters = columns.PrepareInsert(command);
            foreach (var row in batch)
            {
                columns.Fill(parameters, row);
                await command.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }
    }
}
