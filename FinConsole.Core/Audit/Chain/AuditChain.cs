using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Data.KeyRing;

namespace FinConsole.Core.Audit.Chain;

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

    /// <summary>The link that <paramref name="entry"/> must bear behind <paramref name="previous"/>.</summary>
    public static byte[] LinkOf(ReadOnlySpan<byte> previous, AuditEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        bytes.Write(previous);
        bytes.Write("FCA1"u8);
        Write(bytes, entry.TenantId);
        Write(bytes, entry.Sequence);
        Write(bytes, entry.At.UtcTicks);
        Write(bytes, (long)entry.Action);
        Write(bytes, (long)entry.ActorKind);
        Write(bytes, entry.ActorId);
        Write(bytes, entry.ActorName);
        Write(bytes, (long)entry.Resource);
        Write(bytes, entry.ResourceId?.ToString("D"));
        Write(bytes, entry.ResourceName);
        Write(bytes, (long)entry.Result);
        Write(bytes, entry.Ip);
        Write(bytes, entry.UserAgent);
        Write(bytes, entry.CorrelationId);
        Write(bytes, entry.Metadata);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    public byte[] TagOf(ReadOnlySpan<byte> link) => HMACSHA256.HashData(_key, link);

    /// <summary>The tag of a chain's end.</summary>
    public byte[] TagOfHead(Guid tenantId, long size, ReadOnlySpan<byte> link)
    {
        var bytes = new ArrayBufferWriter<byte>(64);
        bytes.Write("FCH1"u8);
        Write(bytes, tenantId);
        Write(bytes, size);
        bytes.Write(link);
        return HMACSHA256.HashData(_key, bytes.WrittenSpan);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), number);
        bytes.Advance(sizeof(long));
    }

    private static void Write(ArrayBufferWriter<byte> bytes, Guid id)
    {
        id.TryWriteBytes(bytes.GetSpan(16), bigEndian: true, out var written);
        bytes.Advance(written);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, string? text)
    {
        Write(bytes, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null)
            Encoding.UTF8.GetBytes(text, bytes);
    }
}
