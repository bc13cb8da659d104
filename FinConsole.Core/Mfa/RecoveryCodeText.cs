using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Core.Mfa;

/// <summary>
/// How a recovery code is written: 128 random bits as 26 characters of Crockford's base32, in groups, which tells no 0 from O and
/// no 1 from I or L, however it is typed.
/// </summary>
public static class RecoveryCodeText
{
    /// <summary>How many are made at a time.</summary>
    public const int Count = 10;

    private const int Bytes = 16;
    private const int Length = 26;
    private const int Groups = 5;
    private const int GroupLength = (Length - 1) / Groups;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    internal static Secret New()
    {
        var text = RandomNumberGenerator.GetString(Alphabet, Length - 1);
        // 25 characters carry 125 bits; the last one the other three.
        var last = Alphabet[RandomNumberGenerator.GetInt32(1 << ((Bytes * 8) - ((Length - 1) * 5)))];
        var groups = Enumerable.Range(0, Groups).Select(index => text.Substring(index * GroupLength, GroupLength));
        return new Secret(string.Join('-', groups) + last);
    }

    /// <summary>What is stored and looked for; null for a text that cannot be a code.</summary>
    internal static byte[]? HashOf(Secret typed)
    {
        var plain = string.Concat(TypedCode.Compact(typed, Length * 4).Select(Read));
        return plain.Length == Length && plain.All(Alphabet.Contains) ? SHA256.HashData(Encoding.ASCII.GetBytes(plain)) : null;
    }

    private static char Read(char typed) => char.ToLowerInvariant(typed) switch { 'o' => '0', 'i' or 'l' => '1', var other => other };
}
