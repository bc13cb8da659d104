using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>
/// How values become the bytes that are hashed: numbers big-endian, ids as their 16 bytes in the order of their text, texts as UTF-8 behind
/// their length, an absent text as length −1, so that no two lists of values share an encoding.
/// </summary>
internal static class AuditBytes
{
    public static void Add(this ArrayBufferWriter<byte> bytes, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), number);
        bytes.Advance(sizeof(long));
    }

    public static void Add(this ArrayBufferWriter<byte> bytes, Guid id)
    {
        id.TryWriteBytes(bytes.GetSpan(16), bigEndian: true, out var written);
        bytes.Advance(written);
    }

    public static void Add(this ArrayBufferWriter<byte> bytes, string? text)
    {
        bytes.Add(text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null)
            Encoding.UTF8.GetBytes(text, bytes);
    }
}
