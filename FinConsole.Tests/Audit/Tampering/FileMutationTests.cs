using System.Text;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>
/// Single bits of SQLite's file, in and around the cells of the log's rows. Whatever still reads, and reads otherwise than before, is
/// found.
/// </summary>
public sealed class FileMutationTests : IAsyncLifetime
{
    private const int Flips = 150;
    private readonly string _folder = Directory.CreateTempSubdirectory("finconsole-file-").FullName;
    private readonly SqliteCore _core = new();
    private TamperedLog _log = null!;

    private string Copy => Path.Combine(_folder, "copy.db");

    private string ConnectionString => $"Data Source={Copy};Pooling=False";

    public async ValueTask InitializeAsync()
    {
        await _core.InitializeAsync();
        _log = await TamperedLog.MakeAsync(_core);
    }

    public async ValueTask DisposeAsync()
    {
        await _core.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Finds_every_flipped_bit_that_changes_what_the_log_says()
    {
        await _log.ExecuteAsync($"VACUUM INTO '{Copy}'");
        var original = await File.ReadAllBytesAsync(Copy, Stop);
        var said = await DumpAsync();
        var places = await FindPlacesAsync(original);
        Assert.InRange(places.Count, 200, int.MaxValue);
        await using var services = CoreHost.BuildServices(DatabaseProvider.Sqlite, ConnectionString, _core.Time);
        Assert.All(await _log.VerifyAsync(_log.Checkpoint, services), report => Assert.True(report.Verdict.Intact, report.ToString()));

        var dice = new Random(26);
        var (missed, changed) = (new List<string>(), 0);
        for (var flip = 0; flip < Flips; flip++)
        {
            var (at, bit) = (places[dice.Next(places.Count)], dice.Next(8));
            await WriteAsync(original, at, (byte)(original[at] ^ (1 << bit)));
            if (await TryAsync(DumpAsync) is not { } now || now == said)
                continue;
            changed++;
            if (await TryAsync(() => _log.VerifyAsync(_log.Checkpoint, services)) is { } reports
                && reports.TrueForAll(report => report.Verdict.Intact))
                missed.Add($"byte {at}, bit {bit}");
        }

        Assert.Empty(missed);
        Assert.InRange(changed, Flips / 3, Flips);
    }

    // The write-ahead log and its index belong to the file as it was.
    private async Task WriteAsync(byte[] original, int at, byte value)
    {
        foreach (var beside in (string[])["-wal", "-shm", "-journal"])
            File.Delete(Copy + beside);
        var bytes = (byte[])original.Clone();
        bytes[at] = value;
        await File.WriteAllBytesAsync(Copy, bytes, Stop);
    }

    // Null where SQLite itself finds the file damaged.
    private static async Task<T?> TryAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private async Task<string> DumpAsync()
    {
        await using var connection = new SqliteConnection(ConnectionString + ";Mode=ReadOnly");
        await connection.OpenAsync(Stop);
        var rows = new StringBuilder();
        foreach (var (table, columns) in TamperedLog.Tables)
        {
            await using var command = connection.CreateCommand();
            var values = columns.Select(column => $"typeof(\"{column}\"), hex(CAST(\"{column}\" AS BLOB))");
            command.CommandText = $"SELECT {string.Join(", ", values)} FROM \"{table}\" NOT INDEXED";
            await using var reader = await command.ExecuteReaderAsync(Stop);
            while (await reader.ReadAsync(Stop))
            {
                for (var column = 0; column < reader.FieldCount; column++)
                    rows.Append(reader.GetString(column)).Append('|');
                rows.Append('\n');
            }
        }

        return rows.ToString();
    }

    // Each row ends with its tag; its header, numbers and texts lie before.
    private async Task<List<int>> FindPlacesAsync(byte[] file)
    {
        var places = new HashSet<int>();
        foreach (var entry in await _core.AuditAsync(_log.Long.Id))
        {
            var at = file.AsSpan().IndexOf(entry.Tag);
            Assert.True(at > 0);
            places.UnionWith(Enumerable.Range(Math.Max(0, at - 260), 260 + 32));
        }

        return [.. places.Order()];
    }
}
