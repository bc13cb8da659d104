using System.Globalization;
using FinConsole.Core.Data;
using FinConsole.Core.Members;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>An entry as it was read, and whether each of its values stands as this program writes it.</summary>
internal sealed record StoredEntry(AuditEntry Entry, bool Canonical);

/// <summary>Reads a chain's rows as the database holds them.</summary>
internal static class StoredEntries
{
    private static readonly string[] Names =
    [
        "TenantId", "Sequence", "At", "Action", "ActorKind", "ActorId", "ActorName", "Resource", "ResourceId", "ResourceName", "Result", "Ip",
        "UserAgent", "CorrelationId", "Metadata", "Link", "Tag",
    ];

    private static readonly string Columns = string.Join(", ", Names.Select(name => $"entry.\"{name}\""));

    private const string OfTenant = """FROM "AuditEntries" AS entry WHERE "TenantId" = @tenant""";

    /// <summary>
    /// At most <paramref name="most"/> rows with a number from <paramref name="from"/> to <paramref name="to"/>, by number; without one,
    /// from the very first row.
    /// </summary>
    public static Task<List<StoredEntry>> ReadAsync(
        ConsoleDbContext context, Guid tenantId, long? from, long to, int most, CancellationToken cancellationToken)
    {
        var bound = from is null ? "" : """ AND "Sequence" >= @from""";
        return context.ReadStoredAsync(
            $"""SELECT {Columns} {OfTenant}{bound} AND "Sequence" <= @to ORDER BY "Sequence" {context.Dialect.First(most)}""",
            from is null ? [("@tenant", tenantId), ("@to", to)] : [("@tenant", tenantId), ("@to", to), ("@from", from.Value)], Read,
            cancellationToken);
    }

    /// <summary>The entries from one number to another, each with the chain's end as it is now, in one query.</summary>
    public static Task<List<(StoredEntry Entry, AuditHead Head)>> ReadAppendedAsync(
        ConsoleDbContext context, Guid tenantId, long from, long to, CancellationToken cancellationToken) =>
        context.ReadStoredAsync(
            $"""
            {context.Dialect.RunDeferred}SELECT {Columns}, head."TenantId", head."Size", head."Link", head."Tag", head."Epoch"
            FROM "AuditHeads" AS head JOIN "AuditEntries" AS entry ON entry."TenantId" = head."TenantId"
            WHERE head."TenantId" = @tenant AND entry."Sequence" >= @from AND entry."Sequence" <= @to ORDER BY entry."Sequence"
            """,
            [("@tenant", tenantId), ("@from", from), ("@to", to)],
            row =>
            {
                var head = ReadHead(row, Names.Length);
                var entry = Read(row);
                return (entry, head);
            },
            cancellationToken);

    /// <summary>
    /// The number of the row that sorts last behind <paramref name="walked"/>: null where there is none, and −1 where that is no number.
    /// </summary>
    public static async Task<long?> FindLastAsync(ConsoleDbContext context, Guid tenantId, long walked, CancellationToken cancellationToken)
    {
        var last = await context.ReadStoredAsync(
            $"""SELECT "Sequence" {OfTenant} AND "Sequence" > @walked ORDER BY "Sequence" DESC {context.Dialect.First(1)}""",
            [("@tenant", tenantId), ("@walked", walked)], ReadNumber, cancellationToken);
        if (last is [var number])
            return number;
        var none = await context.ReadStoredAsync(
            $"""SELECT COUNT(*) {OfTenant} AND "Sequence" IS NULL""", [("@tenant", tenantId)], row => row.Raw(0), cancellationToken);
        return none is [var count] && count.EndsWith(" 0", StringComparison.Ordinal) ? null : -1;
    }

    /// <summary>The head's rows: one, unless somebody removed it or put a second beside it.</summary>
    public static async Task<(AuditHead? Head, bool Altered)> ReadHeadAsync(
        ConsoleDbContext context, Guid tenantId, CancellationToken cancellationToken)
    {
        var heads = await context.ReadStoredAsync(
            """SELECT "TenantId", "Size", "Link", "Tag", "Epoch" FROM "AuditHeads" WHERE "TenantId" = @tenant""",
            [("@tenant", tenantId)],
            row => (Head: ReadHead(row, 0), row.Canonical),
            cancellationToken);
        return heads is [var only] ? (only.Head, !only.Canonical) : (heads.FirstOrDefault().Head, heads.Count > 1);
    }

    /// <summary>How many entries each value of the owner's column has, over all rows of the table, whatever its indexes say.</summary>
    public static Task<List<ChainCensus>> CountAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.ReadStoredAsync(
        $"""
        SELECT "TenantId", COUNT(*), MIN("Sequence"), MAX("Sequence"), SUM(CAST("Sequence" AS double precision)) FROM "AuditEntries" {context.Dialect.WithoutIndex} GROUP BY "TenantId"
        """,
        [],
        row =>
        {
            var owner = StoredOwner.Of(row, 0);
            return new ChainCensus(owner, ReadCount(row, 1), row.Long(2), row.Long(3), ReadSum(row), row.Canonical);
        },
        cancellationToken);

    // Databases count in different types.
    private static long ReadCount(StoredRow row, int column) => long.Parse(row.Raw(column).Split(' ')[1], CultureInfo.InvariantCulture);

    private static double ReadSum(StoredRow row) => row.Raw(4).Split(' ') is [_, var sum]
        && double.TryParse(sum, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static long ReadNumber(StoredRow row)
    {
        var number = row.Long(0);
        return row.Canonical ? number : -1;
    }

    private static AuditHead ReadHead(StoredRow row, int at) => new()
    {
        TenantId = row.Id(at),
        Size = row.Long(at + 1),
        Link = row.Bytes(at + 2),
        Tag = row.Bytes(at + 3),
        Epoch = row.Long(at + 4),
    };

    private static StoredEntry Read(StoredRow row)
    {
        var entry = new AuditEntry
        {
            TenantId = row.Id(0),
            Sequence = row.Long(1),
            At = row.Time(2),
            Action = (AuditAction)row.Int(3),
            ActorKind = (ActorKind)row.Int(4),
            ActorId = row.Id(5),
            ActorName = row.Text(6),
            Resource = (AuditResource)row.Int(7),
            ResourceId = row.IdOrNull(8),
            ResourceName = row.Text(9),
            Result = (AuditResult)row.Int(10),
            Ip = row.TextOrNull(11),
            UserAgent = row.TextOrNull(12),
            CorrelationId = row.Text(13),
            Metadata = row.Text(14),
            Link = row.Bytes(15),
            Tag = row.Bytes(16),
        };
        return new StoredEntry(entry, row.Canonical);
    }
}

/// <summary>What a table scan counted of one chain.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Count">How many rows.</param>
/// <param name="First">The least number.</param>
/// <param name="Last">The greatest number.</param>
/// <param name="Sum">Of all numbers.</param>
/// <param name="Canonical">Whether all of these are numbers.</param>
internal sealed record ChainCensus(StoredOwner Owner, long Count, long First, long Last, double Sum, bool Canonical)
{
    // Beyond this a sum of numbers up to it is no longer exact.
    private const long ExactUpTo = 90_000_000;

    /// <summary>Whether the rows are numbered 1, 2, 3, ... as far as counting can tell.</summary>
    public bool IsWhole => Canonical && First == 1 && Last == Count && (Count > ExactUpTo || Sum == (double)Count * (Count + 1) / 2);
}
