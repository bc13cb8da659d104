using System.Diagnostics;
using System.Security.Cryptography;
using OtpNet;

namespace FinConsole.Core.Mfa;

/// <summary>The secret that an account and its authenticator app share. Prints as <c>[redacted]</c>; shown once, at enrolment.</summary>
[DebuggerDisplay("[redacted]")]
public sealed class TotpSecret
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    internal TotpSecret(byte[] bytes) => _bytes = bytes;

    internal static TotpSecret New() => new(RandomNumberGenerator.GetBytes(Totp.SecretBytes));

    internal byte[] Bytes => _bytes;

    /// <summary>Base32 (RFC 4648 §6), 32 characters.</summary>
    public string RevealBase32() => Base32Encoding.ToString(_bytes);

    /// <summary>The same in groups of four, for typing. A space between them would be copied along, and some apps take the key for its first group then.</summary>
    public IReadOnlyList<string> RevealGroups() => [.. RevealBase32().Chunk(4).Select(group => new string(group))];

    /// <summary>What the QR code says: the "Key Uri Format" that Google Authenticator introduced and all others read.</summary>
    public string RevealUri(string account, string issuer) =>
        new OtpUri(OtpType.Totp, _bytes, account, issuer, OtpHashMode.Sha1, Totp.Digits, (int)Totp.Period.TotalSeconds).ToString();

    public override string ToString() => "[redacted]";
}
