using System.Security.Cryptography;

namespace FinConsole.Core.Common;

/// <summary>Base62 (0-9, A-Z, a-z): survives double-click selection, URLs and shells without quoting.</summary>
public static class Base62
{
    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Characters from a cryptographic generator, each of the 62 equally likely.</summary>
    public static string Random(int length) => RandomNumberGenerator.GetString(Alphabet, length);

    /// <summary>A number in exactly <paramref name="length"/> digits, most significant first.</summary>
    public static string Encode(uint value, int length) => string.Create(length, value, static (digits, rest) => Encode(rest, digits));

    /// <summary>The same into what is there.</summary>
    public static void Encode(uint value, Span<char> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--, value /= 62)
            digits[i] = Alphabet[(int)(value % 62)];
    }

    public static bool IsBase62(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Alphabet);
}
