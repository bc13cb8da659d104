using System.Buffers;
using System.Security.Cryptography;
using FinConsole.Core.Data;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>The register of chains, as the database holds it at one moment.</summary>
/// <param name="Seal">Null where it is missing.</param>
/// <param name="Anchors">By number.</param>
/// <param name="Keys">The keys that sign checkpoints, by id.</param>
/// <param name="Fault">What is wrong with it; null where this program made all of it.</param>
internal sealed record RegisterState(
    AuditSeal? Seal, IReadOnlyList<AuditAnchor> Anchors, IReadOnlyList<CheckpointKey> Keys, AuditFault? Fault)
{
    private const string ReadSeals = """SELECT "Id", "Epoch", "Chains", "Keys", "Digest", "Tag" FROM "AuditSeals" """;
    private const string ReadAnchors = """SELECT "TenantId", "Number", "Name", "CreatedAt", "Size", "Link" FROM "AuditAnchors" ORDER BY "Number" """;
    private const string ReadKeys = """SELECT "Id", "CreatedAt", "PublicKey", "PrivateKey" FROM "CheckpointKeys" """;
    private const string ReadHeads = """SELECT "TenantId", "Size", "Link", "Tag", "Epoch" FROM "AuditHeads" """;
    private const int MostLooks = 20;

    public AuditAnchor? Find(Guid tenantId) => Anchors.FirstOrDefault(anchor => anchor.TenantId == tenantId);

    /// <summary>Reads the register, and holds it against itself and against every chain's end.</summary>
    public static async Task<RegisterState> ReadAsync(ConsoleDbContext context, AuditChain chain, CancellationToken cancellationToken)
    {
        // The ends are read first: their writers saw an epoch that was committed by then.
        var heads = await context.ReadStoredAsync(ReadHeads + context.Dialect.PastLocks, [], ReadHead, cancellationToken);
        for (var look = 1; ; look++)
        {
            var before = await ReadSealsAsync(context, cancellationToken);
            var anchors = await context.ReadStoredAsync(ReadAnchors, [], ReadAnchor, cancellationToken);
            var keys = await context.ReadStoredAsync(ReadKeys, [], ReadKey, cancellationToken);
            var after = await ReadSealsAsync(context, cancellationToken);
            // Between two looks at the same seal nobody changed what it covers.
            if (look < MostLooks && !before.Select(seal => seal.Epoch).SequenceEqual(after.Select(seal => seal.Epoch)))
                continue;
            var state = new RegisterState(
                after is [{ Id: AuditSeal.TheOne } seal] ? seal : null, [.. anchors.OfType<AuditAnchor>()],
                [.. keys.OfType<CheckpointKey>().OrderBy(key => key.Id)], null);
            var fault = state.FindFault(chain, heads.OfType<AuditHead>(), after.Count, anchors.Count, keys.Count);
            return state with { Fault = fault };
        }
    }

    /// <summary>SHA-256 over everything that a seal covers.</summary>
    public static byte[] DigestOf(IEnumerable<AuditAnchor> anchors, IEnumerable<CheckpointKey> keys)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        foreach (var anchor in anchors.OrderBy(anchor => anchor.Number))
        {
            bytes.Write("A"u8);
            bytes.Add(anchor.TenantId);
            bytes.Add(anchor.Number);
            bytes.Add(anchor.Name);
            bytes.Add(anchor.CreatedAt.UtcTicks);
            bytes.Add(anchor.Size);
            bytes.Add(Convert.ToHexStringLower(anchor.Link));
        }

        foreach (var key in keys.OrderBy(key => key.Id))
        {
            bytes.Write("K"u8);
            bytes.Add(key.Id);
            bytes.Add(key.CreatedAt.UtcTicks);
            bytes.Write(SHA256.HashData(key.PublicKey));
            bytes.Write(SHA256.HashData(key.PrivateKey));
        }

        return SHA256.HashData(bytes.WrittenSpan);
    }

    private AuditFault? FindFault(AuditChain chain, IEnumerable<AuditHead> heads, int seals, int anchors, int keys)
    {
        if (seals == 0)
            return new AuditFault(0, AuditFaultKind.RegisterMissing);
        if (Seal is null || !chain.IsGenuine(Seal))
            return new AuditFault(0, AuditFaultKind.RegisterForged);
        if (anchors < Seal.Chains)
            return new AuditFault(Seal.Chains - anchors, AuditFaultKind.RegisterCut);
        if (keys < Seal.Keys)
            return new AuditFault(Seal.Keys - keys, AuditFaultKind.KeysCut);
        // A row that is not canonical was left out, and its place is empty.
        if (anchors > Seal.Chains || keys > Seal.Keys || !CryptographicOperations.FixedTimeEquals(DigestOf(Anchors, Keys), Seal.Digest))
            return new AuditFault(0, AuditFaultKind.RegisterAltered);
        return heads.Any(head => head.Epoch > Seal.Epoch && chain.IsGenuine(head)) ? new AuditFault(0, AuditFaultKind.RegisterSetBack)
            : null;
    }

    private static async Task<List<AuditSeal>> ReadSealsAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        await context.ReadStoredAsync(ReadSeals, [], ReadSeal, cancellationToken);

    // A seal in another form is none of this program's: an id that is not the one's says so.
    private static AuditSeal ReadSeal(StoredRow row)
    {
        var (id, epoch, chains, keys, digest, tag) = (row.Int(0), row.Long(1), row.Long(2), row.Long(3), row.Bytes(4), row.Bytes(5));
        return new AuditSeal { Id = row.Canonical ? id : 0, Epoch = epoch, Chains = chains, Keys = keys, Digest = digest, Tag = tag };
    }

    private static AuditAnchor? ReadAnchor(StoredRow row)
    {
        var anchor = new AuditAnchor
        {
            TenantId = row.Id(0),
            Number = row.Long(1),
            Name = row.Text(2),
            CreatedAt = row.Time(3),
            Size = row.Long(4),
            Link = row.Bytes(5)
        };
        return row.Canonical ? anchor : null;
    }

    private static CheckpointKey? ReadKey(StoredRow row)
    {
        var key = new CheckpointKey { Id = row.Id(0), CreatedAt = row.Time(1), PublicKey = row.Bytes(2), PrivateKey = row.Bytes(3) };
        return row.Canonical ? key : null;
    }

    private static AuditHead? ReadHead(StoredRow row)
    {
        var head = new AuditHead { TenantId = row.Id(0), Size = row.Long(1), Link = row.Bytes(2), Tag = row.Bytes(3), Epoch = row.Long(4) };
        return row.Canonical ? head : null;
    }
}
