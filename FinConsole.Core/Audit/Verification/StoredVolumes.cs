using System.Buffers.Binary;
using System.Security.Cryptography;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification;

/// <summary>
/// The hourly counts of a log, to be held against its entries while these are walked. Each hour, action and result has a random weight;
/// two lists that count the same have the same sum of weights, and no two others have it, however long they are. Neither list is kept.
/// </summary>
internal sealed class StoredVolumes
{
    private const int MostLooks = 20;
    private const int MostWeights = 4096;

    private const string ReadMark = """SELECT "Sequence" FROM "AuditVolumeMarks" WHERE "TenantId" = @tenant""";
    private const string Count = """SELECT COUNT(*) FROM "AuditVolumes" WHERE "TenantId" = @tenant""";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<(int Hour, AuditAction Action, AuditResult Result), UInt128> _weights = [];
    private bool _sound = true;
    private bool _read;
    private long _mark;
    private UInt128 _counted;
    private UInt128 _walked;

    /// <summary>Reads the counts as they are at one moment. Entries up to there are to be added.</summary>
    public static async Task<StoredVolumes> ReadAsync(ConsoleDbContext context, Guid tenantId, Scan scan, CancellationToken cancellationToken)
    {
        // Counted on meanwhile, the sum would be of no one moment: then all is read once more.
        for (var look = 1; look <= MostLooks; look++)
        {
            var volumes = new StoredVolumes { _read = true };
            var before = await volumes.ReadMarkAsync(context, tenantId, cancellationToken);
            await volumes.ReadRowsAsync(context, tenantId, scan, cancellationToken);
            if (await volumes.ReadMarkAsync(context, tenantId, cancellationToken) != before)
                continue;
            volumes._mark = before;
            return volumes;
        }

        return new StoredVolumes();
    }

    /// <summary>Adds the next entry of the log.</summary>
    public void Add(AuditEntry entry)
    {
        if (entry.Sequence <= _mark)
            _walked += WeightOf(AuditHours.Of(entry.At), entry.Action, entry.Result);
    }

    /// <summary>What is wrong with the counts, after the whole log was added.</summary>
    /// <param name="entries">How many entries it has.</param>
    public AuditFault? FindFault(long entries) =>
        !_read || (_sound && _mark <= entries && _counted == _walked) ? null : new AuditFault(0, AuditFaultKind.VolumesAltered);

    private async Task<long> ReadMarkAsync(ConsoleDbContext context, Guid tenantId, CancellationToken cancellationToken)
    {
        var marks = await context.ReadStoredAsync(ReadMark, [("@tenant", tenantId)], row => (Sequence: row.Long(0), row.Canonical), cancellationToken);
        _sound &= marks.Count <= 1 && marks.TrueForAll(mark => mark is { Canonical: true, Sequence: > 0 });
        return marks.Count == 0 ? 0 : marks[0].Sequence;
    }

    private async Task ReadRowsAsync(ConsoleDbContext context, Guid tenantId, Scan scan, CancellationToken cancellationToken)
    {
        var rows = 0;
        await foreach (var batch in KeysetBatches.ReadAsync<Row>(
            (last, count, cancel) => ReadBatchAsync(context, tenantId, last, count, cancel), scan, cancellationToken))
        {
            rows += batch.Count;
            foreach (var row in batch)
            {
                _sound &= row is { Canonical: true, Count: > 0 };
                _counted += WeightOf(row.Hour, row.Action, row.Result) * (UInt128)(ulong)row.Count;
            }
        }

        // What has another type sorts where no batch looks.
        var all = await context.ReadStoredAsync(Count, [("@tenant", tenantId)], row => row.Raw(0), cancellationToken);
        _sound &= all is [var count] && count.EndsWith($" {rows}", StringComparison.Ordinal);
    }

    private static Task<List<Row>> ReadBatchAsync(ConsoleDbContext context, Guid tenantId, Row? last, int count, CancellationToken cancellationToken)
    {
        const string after = """
             AND ("Hour" > @hour OR "Hour" = @hour AND ("Action" > @action OR "Action" = @action AND "Result" > @result))
            """;
        return context.ReadStoredAsync(
            $"""
            SELECT "Hour", "Action", "Result", "Count" FROM "AuditVolumes" WHERE "TenantId" = @tenant{(last is null ? "" : after)}
            ORDER BY "Hour", "Action", "Result" {context.Dialect.First(count)}
            """,
            last is null ? [("@tenant", tenantId)]
                : [("@tenant", tenantId), ("@hour", last.Hour), ("@action", (int)last.Action), ("@result", (int)last.Result)],
            row => new Row(row.Int(0), (AuditAction)row.Int(1), (AuditResult)row.Int(2), row.Long(3), row.Canonical), cancellationToken);
    }

    private UInt128 WeightOf(int hour, AuditAction action, AuditResult result)
    {
        if (_weights.TryGetValue((hour, action, result), out var known))
            return known;
        if (_weights.Count == MostWeights)
            _weights.Clear();
        Span<byte> bytes = stackalloc byte[3 * sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, hour);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], (int)action);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], (int)result);
        return _weights[(hour, action, result)] = BinaryPrimitives.ReadUInt128BigEndian(HMACSHA256.HashData(_key, bytes));
    }

    // Canonical is read after the columns.
    private sealed record Row(int Hour, AuditAction Action, AuditResult Result, long Count, bool Canonical);
}
