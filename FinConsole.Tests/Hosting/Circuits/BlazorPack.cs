using System.Buffers.Binary;
using System.Text;

namespace FinConsole.Tests.Hosting.Circuits;

/// <summary>As much of MessagePack as the protocol of circuits needs: null, booleans, integers, strings, binary, arrays and maps.</summary>
internal static class BlazorPack
{
    /// <summary>A message, with its length before it (SignalR's hub protocol, "MessagePack").</summary>
    public static byte[] Frame(params object?[] message)
    {
        var body = new List<byte>();
        Write(body, message);
        var frame = new List<byte>();
        var length = body.Count;
        do
        {
            frame.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. frame, .. body];
    }

    /// <summary>The first message of a buffer, and how many bytes it takes with its length; null while it is not whole.</summary>
    public static (object?[] Message, int Taken)? Read(ReadOnlySpan<byte> buffer)
    {
        var (length, at) = (0, 0);
        byte part;
        do
        {
            if (at >= buffer.Length)
                return null;
            part = buffer[at];
            length |= (part & 0x7F) << (7 * at++);
        }
        while ((part & 0x80) != 0);
        if (buffer.Length < at + length)
            return null;
        var from = at;
        return ((object?[])ReadValue(buffer, ref from)!, at + length);
    }

    private static void Write(List<byte> to, object? value)
    {
        switch (value)
        {
            case null:
                to.Add(0xC0);
                break;
            case bool truth:
                to.Add((byte)(truth ? 0xC3 : 0xC2));
                break;
            case int or long:
                to.Add(0xD3);
                to.AddRange(BigEndian(Convert.ToInt64(value, null)));
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                to.Add(0xDB);
                to.AddRange(BigEndian(bytes.Length)[4..]);
                to.AddRange(bytes);
                break;
            case object?[] items:
                to.Add((byte)(0x90 | items.Length));
                foreach (var item in items)
                    Write(to, item);
                break;
            case IDictionary<string, string>:
                to.Add(0x80);
                break;
            default:
                throw new InvalidOperationException($"{value.GetType().Name} is not written.");
        }
    }

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static object? ReadValue(ReadOnlySpan<byte> from, ref int at)
    {
        var kind = from[at++];
        return kind switch
        {
            <= 0x7F => (long)kind,
            <= 0x8F => ReadMap(from, ref at, kind & 0x0F),
            <= 0x9F => ReadArray(from, ref at, kind & 0x0F),
            <= 0xBF => Text(from, ref at, kind & 0x1F),
            0xC0 => null,
            0xC2 => false,
            0xC3 => true,
            0xC4 or 0xC5 or 0xC6 => Bytes(from, ref at, (int)Number(from, ref at, 1 << (kind - 0xC4))),
            0xCC or 0xCD or 0xCE or 0xCF => Number(from, ref at, 1 << (kind - 0xCC)),
            0xD0 => (long)(sbyte)from[at++],
            0xD1 => (long)(short)Number(from, ref at, 2),
            0xD2 => (long)(int)Number(from, ref at, 4),
            0xD3 => Number(from, ref at, 8),
            0xD9 or 0xDA or 0xDB => Text(from, ref at, (int)Number(from, ref at, 1 << (kind - 0xD9))),
            0xDC or 0xDD => ReadArray(from, ref at, (int)Number(from, ref at, 2 << (kind - 0xDC))),
            0xDE or 0xDF => ReadMap(from, ref at, (int)Number(from, ref at, 2 << (kind - 0xDE))),
            >= 0xE0 => (long)(sbyte)kind,
            _ => throw new InvalidDataException($"0x{kind:X2} is not read."),
        };
    }

    private static object?[] ReadArray(ReadOnlySpan<byte> from, ref int at, int count)
    {
        var items = new object?[count];
        for (var item = 0; item < count; item++)
            items[item] = ReadValue(from, ref at);
        return items;
    }

    // Headers, which are empty here.
    private static object ReadMap(ReadOnlySpan<byte> from, ref int at, int count) => ReadArray(from, ref at, 2 * count);

    private static long Number(ReadOnlySpan<byte> from, ref int at, int length)
    {
        long value = 0;
        for (var index = 0; index < length; index++)
            value = (value << 8) | from[at++];
        return value;
    }

    private static string Text(ReadOnlySpan<byte> from, ref int at, int length) => Encoding.UTF8.GetString(Bytes(from, ref at, length));

    private static byte[] Bytes(ReadOnlySpan<byte> from, ref int at, int length)
    {
        at += length;
        return from[(at - length)..at].ToArray();
    }
}
