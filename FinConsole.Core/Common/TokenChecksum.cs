using System.IO.Hashing;
using System.Text;

namespace FinConsole.Core.Common;

/// <summary>
/// The end of a token: CRC-32 (IEEE) of what stands before it, so that a typing error needs no look-up, and a token without its beginning is
/// known as one.
/// </summary>
internal static class TokenChecksum
{
    /// <summary>Base62 characters.</summary>
    public const int Length = 6;

    private const int LongestBody = 64;

    /// <param name="body">ASCII, at most 64 characters.</param>
    public static uint Of(ReadOnlySpan<char> body)
    {
        Span<byte> ascii = stackalloc byte[LongestBody];
        return Crc32.HashToUInt32(ascii[..Encoding.ASCII.GetBytes(body, ascii)]);
    }

    public static bool Fits(ReadOnlySpan<char> body, ReadOnlySpan<char> checksum)
    {
        Span<char> expected = stackalloc char[Length];
        Base62.Encode(Of(body), expected);
        return checksum.SequenceEqual(expected);
    }
}
