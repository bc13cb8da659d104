using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace FinConsole.Core.Mfa;

/// <summary>The secret that an account and its authenticator app share. Prints as <c>[redacted]</c>; shown once, at enrolment.</summary>
[DebuggerDisplay("[redacted]")]
public sealed class TotpSecret
{
    /// <summary>What authenticator apps show above the account.</summary>
    public const string Issuer = "FinConsole";

    // RFC 4648 §6; authenticator apps know no other.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    internal TotpSecret(byte[] bytes) => _bytes = bytes;

    internal static TotpSecret New() => new(RandomNumberGenerator.GetBytes(Totp.SecretBytes));

    internal byte[] Bytes => _bytes;

    /// <summary>Base32, 32 characters.</summary>
    public string RevealBase32()
    {
        var text = new StringBuilder(_bytes.Length * 8 / 5);
        for (var bit = 0; bit < _bytes.Length * 8; bit += 5)
            text.Append(Alphabet[FiveBitsAt(bit)]);
        return text.ToString();
    }

    /// <summary>The same in groups of four, for typing. A space between them would be copied along, and some apps take the key for its first group then.</summary>
    public IReadOnlyList<string> RevealGroups() => [.. RevealBase32().Chunk(4).Select(group => new string(group))];

    /// <summary>What the QR code says: the "Key Uri Format" that Google Authenticator introduced and all others read.</summary>
    public string RevealUri(string account) =>
        $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(account)}?secret={RevealBase32()}&issuer={Issuer}&algorithm=SHA1&digits={Totp.Digits}&period={(int)Totp.Period.TotalSeconds}";

    public override string ToString() => "[redacted]";

    private int FiveBitsAt(int bit)
    {
        var (index, shift) = (bit / 8, bit % 8);
        var window = (_bytes[index] << 8) | (index + 1 < _bytes.Length ? _bytes[index + 1] : 0);
        return (window >> (11 - shift)) & 0x1F;
    }
}
