using System.Security.Cryptography;
using System.Text;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>
/// The secret beside the database (a file of mode 0600, or the environment) without which its contents verify nothing:
/// keys for token lookup and audit tags are derived from it with HKDF-SHA-256 (RFC 5869), each under a label of its own.
/// </summary>
public sealed class Pepper
{
    /// <summary>256 bits.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes;

    /// <exception cref="ArgumentException">Not exactly <see cref="Length"/> bytes.</exception>
    public Pepper(byte[] bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A pepper is {Length} bytes.", nameof(bytes));
        _bytes = bytes;
    }

    /// <summary>A key of 256 bits for one purpose.</summary>
    public byte[] DeriveKey(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, Length, info: Encoding.UTF8.GetBytes("finconsole " + purpose));

    /// <summary>Tells two peppers apart without giving either away; kept in the database, so that a wrong one is noticed at start.</summary>
    public string Fingerprint => Convert.ToHexStringLower(DeriveKey("fingerprint v3").AsSpan(0, 8));

    /// <summary>
    /// The one that databases from before the register of audit chains hold. No newer program writes it, so that nobody without the pepper can
    /// make a database that began later look as if it were to be upgraded.
    /// </summary>
    internal string FingerprintBeforeRegister => Convert.ToHexStringLower(DeriveKey("fingerprint v1").AsSpan(0, 8));

    /// <summary>The one that databases from before the key ring was sealed hold; no newer program writes it either.</summary>
    internal string FingerprintBeforeRingSeals => Convert.ToHexStringLower(DeriveKey("fingerprint v2").AsSpan(0, 8));

    public override string ToString() => "[redacted]";
}
