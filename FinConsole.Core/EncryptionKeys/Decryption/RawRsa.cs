using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>
/// RSADP (RFC 8017, section 5.1.2) without any padding, which .NET does not offer: by BouncyCastle's engine, which blinds each
/// operation and verifies its result (docs/adr/0023).
/// </summary>
internal static class RawRsa
{
    static RawRsa()
    {
        // BouncyCastle tests a modulus for primality each time a key is read, for several times the cost of a decryption. These keys
        // were made here and come authenticated out of the database.
        Environment.SetEnvironmentVariable("Org.BouncyCastle.Rsa.AllowUnsafeModulus", "true");
    }

    /// <summary>The encoded message, as long as the modulus. Whoever asks for it overwrites it after use.</summary>
    /// <param name="rsa">With its private part.</param>
    /// <param name="ciphertext">As long as the modulus, and less than it.</param>
    public static byte[] Decrypt(RSA rsa, byte[] ciphertext)
    {
        var key = rsa.ExportParameters(includePrivateParameters: true);
        try
        {
            var engine = new RsaBlindedEngine();
            engine.Init(forEncryption: false, new RsaPrivateCrtKeyParameters(
                Number(key.Modulus), Number(key.Exponent), Number(key.D), Number(key.P), Number(key.Q), Number(key.DP), Number(key.DQ),
                Number(key.InverseQ)));
            // Without leading zeros, as a number is.
            var number = engine.ProcessBlock(ciphertext, 0, ciphertext.Length);
            var block = new byte[ciphertext.Length];
            number.CopyTo(block.AsSpan(block.Length - number.Length));
            CryptographicOperations.ZeroMemory(number);
            return block;
        }
        finally
        {
            foreach (var part in new[] { key.D, key.P, key.Q, key.DP, key.DQ, key.InverseQ })
                CryptographicOperations.ZeroMemory(part);
        }
    }

    /// <summary>
    /// The ciphertext, or a random one where its number is not less than the modulus, or is 0, 1 or one less than the modulus, which RSA
    /// maps to themselves: no client makes such a one, and libraries refuse it before they do any work, which would show in the time.
    /// </summary>
    public static byte[] InRange(RSA rsa, byte[] ciphertext)
    {
        var modulus = rsa.ExportParameters(includePrivateParameters: false).Modulus!;
        // A modulus is odd: one less is its last bit taken away.
        modulus[^1] &= 0xFE;
        var isLarge = ciphertext[^1] > 1 || ciphertext.AsSpan(0, ciphertext.Length - 1).IndexOfAnyExcept((byte)0) >= 0;
        if (isLarge && ciphertext.AsSpan().SequenceCompareTo(modulus) < 0)
            return ciphertext;
        var substitute = RandomNumberGenerator.GetBytes(modulus.Length);
        substitute[0] = 0;
        return substitute;
    }

    private static BigInteger Number(byte[]? bytes) => new(1, bytes);
}
