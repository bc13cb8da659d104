using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Core.LoginHistory.Countries;

/// <summary>Reads the packed table. <c>build/make-country-table.py</c> writes it and describes its format.</summary>
internal static class CountryTableFile
{
    // Far more than any table holds, and far less than a file made to fill the memory would claim.
    private const uint MostStretches = 10_000_000;
    private static readonly byte[] Magic = "FCC1"u8.ToArray();

    /// <exception cref="CountryTableException">It is there and cannot be used.</exception>
    public static CountryTable Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CountryTableException(path, failure);
        }
    }

    private static CountryTable Parse(ReadOnlyMemory<byte> file)
    {
        var headLength = Magic.Length + SHA256.HashSizeInBytes;
        if (file.Length < headLength || !file.Span.StartsWith(Magic))
            throw new InvalidDataException(CountryTableTexts.NotATable);
        if (!SHA256.HashData(file.Span[headLength..]).AsSpan().SequenceEqual(file.Span[Magic.Length..headLength]))
            throw new InvalidDataException(CountryTableTexts.Damaged);

        using var packed = new MemoryStream(file[headLength..].ToArray());
        using var plain = new BufferedStream(new ZLibStream(packed, CompressionMode.Decompress), 1 << 16);
        var source = Encoding.UTF8.GetString(Take(plain, Take(plain, 1)[0]));
        var codes = Encoding.ASCII.GetString(Take(plain, 2 * Take(plain, 1)[0]));
        var (v4, v6) = (Count(plain), Count(plain));
        string[] countries = ["", .. codes.Chunk(2).Select(code => new string(code))];
        return new CountryTable(source, countries, ReadStretches<uint>(plain, v4, countries.Length), ReadStretches<ulong>(plain, v6, countries.Length));
    }

    private static Stretches<T> ReadStretches<T>(Stream plain, int count, int countries)
        where T : struct, IBinaryInteger<T>
    {
        var numbers = Take(plain, count);
        if (numbers.Max() >= countries)
            throw new InvalidDataException(CountryTableTexts.UnknownCountry);

        var firsts = new T[count];
        var zeros = Take(plain, count);
        var next = T.Zero;
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && next <= firsts[i - 1])
                throw new InvalidDataException(CountryTableTexts.NotAscending);
            firsts[i] = next;
            next += T.CreateTruncating(ReadLeb128(plain) << zeros[i]);
        }

        return new Stretches<T>(firsts, numbers);
    }

    private static int Count(Stream plain)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian(Take(plain, sizeof(uint)));
        return count is > 0 and <= MostStretches ? (int)count : throw new InvalidDataException(CountryTableTexts.ImpossibleSize);
    }

    private static byte[] Take(Stream plain, int count)
    {
        var bytes = new byte[count];
        plain.ReadExactly(bytes);
        return bytes;
    }

    private static ulong ReadLeb128(Stream plain)
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = plain.ReadByte();
            if (part < 0)
                throw new InvalidDataException(CountryTableTexts.EndsEarly);
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }

        throw new InvalidDataException(CountryTableTexts.NumberTooLong);
    }
}

/// <summary>A country table is there, but is none or is damaged.</summary>
public sealed class CountryTableException(string path, Exception reason)
    : ConfigurationRefusedException(Texts.Format(CountryTableTexts.Unusable, path, reason.Message), reason);
