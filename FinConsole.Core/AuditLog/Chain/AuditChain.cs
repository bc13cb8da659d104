using System.Buffers;
using System.Security.Cryptography;
using FinConsole.Core.Data.KeyRing;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>
/// The arithmetic of the chain. link(n) = SHA-256(link(n-1) ‖ entry(n)), starting from 32 zero bytes; tag(n) = HMAC-SHA-256(key, link(n)).
/// Anybody can check links; only the pepper's owner can make tags. An entry's bytes are its fields in a fixed order, numbers
/// big-endian, texts as UTF-8 behind their length, an absent text as length −1, so that no two entries share an encoding.
/// </summary>
public sealed class AuditChain(Pepper pepper)
{
    /// <summary>The link before the first entry.</summary>
    public static readonly byte[] Origin = new byte[SHA256.HashSizeInBytes];

    private readonly byte[] _key = pepper.DeriveKey("audit tag v1");

    /// <summary>The link that <paramref name="entry"/> must carry behind <paramref name="previous"/>.</summary>
    public static byte[] LinkOf(ReadOnlySpan<byte> previous, AuditEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        bytes.Write(previous);
        bytes.Write("FCA1"u8);
        bytes.Add(entry.TenantId);
        bytes.Add(entry.Sequence);
        bytes.Add(entry.At.UtcTicks);
        bytes.Add((long)entry.Action);
        bytes.Add((long)entry.ActorKind);
        bytes.Add(entry.ActorId);
        bytes.Add(entry.ActorName);
        bytes.Add((long)entry.Resource);
        bytes.Add(entry.ResourceId?.ToString("D"));
        bytes.Add(entry.ResourceName);
        bytes.Add((long)entry.Result);
        bytes.Add(entry.Ip);
        bytes.Add(entry.UserAgent);
        bytes.Add(entry.CorrelationId);
        bytes.Add(entry.Metadata);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    public byte[] TagOf(ReadOnlySpan<byte> link) => HMACSHA256.HashData(_key, link);

    /// <summary>The tag of a chain's end.</summary>
    /// <param name="tenantId">Whose chain.</param>
    /// <param name="size">How many entries it has.</param>
    /// <param name="link">The last entry's link.</param>
    /// <param name="epoch">The epoch of the register that the writer saw.</param>
    public byte[] TagOfHead(Guid tenantId, long size, ReadOnlySpan<byte> link, long epoch = 0)
    {
        var bytes = new ArrayBufferWriter<byte>(72);
        bytes.Write("FCH2"u8);
        bytes.Add(tenantId);
        bytes.Add(size);
        bytes.Add(epoch);
        bytes.Write(link);
        return HMACSHA256.HashData(_key, bytes.WrittenSpan);
    }

    /// <summary>Whether this program wrote the head as it is.</summary>
    public bool IsGenuine(AuditHead head) =>
        CryptographicOperations.FixedTimeEquals(TagOfHead(head.TenantId, head.Size, head.Link, head.Epoch), head.Tag);

    /// <summary>The same for a head as it was written before there was a register.</summary>
    internal bool IsGenuineBeforeRegister(AuditHead head)
    {
        var bytes = new ArrayBufferWriter<byte>(64);
        bytes.Write("FCH1"u8);
        bytes.Add(head.TenantId);
        bytes.Add(head.Size);
        bytes.Write(head.Link);
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, bytes.WrittenSpan), head.Tag);
    }

    /// <summary>The tag of the register's seal.</summary>
    internal byte[] TagOfSeal(AuditSeal seal) => TagOf(seal, "FCS2"u8);

    /// <summary>Whether this program, or one before it, wrote the seal as it is.</summary>
    internal bool IsGenuine(AuditSeal seal) =>
        CryptographicOperations.FixedTimeEquals(TagOfSeal(seal), seal.Tag) || IsGenuineBeforeRingSeals(seal);

    /// <summary>Whether a program wrote it that did not seal the key ring yet.</summary>
    internal bool IsGenuineBeforeRingSeals(AuditSeal seal) => CryptographicOperations.FixedTimeEquals(TagOf(seal, "FCS1"u8), seal.Tag);

    private byte[] TagOf(AuditSeal seal, ReadOnlySpan<byte> version)
    {
        var bytes = new ArrayBufferWriter<byte>(64);
        bytes.Write(version);
        bytes.Add(seal.Epoch);
        bytes.Add(seal.Chains);
        bytes.Add(seal.Keys);
        bytes.Write(seal.Digest);
        return HMACSHA256.HashData(_key, bytes.WrittenSpan);
    }
}
