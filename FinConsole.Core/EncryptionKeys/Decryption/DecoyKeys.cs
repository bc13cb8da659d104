using System.Security.Cryptography;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>Keys that are nobody's, one of each size: tried where a tenant has none, so that it takes as long.</summary>
internal static class DecoyKeys
{
    private const int Large = 4096;

    private static readonly Lazy<byte[]> OfUsualSize = new(() => Make(EncryptionKey.SmallestSize));
    private static readonly Lazy<byte[]> OfLargeSize = new(() => Make(Large));

    /// <summary>How long a ciphertext is taken to be: other lengths than those of keys are tried as the usual one, in bytes.</summary>
    public static int LengthOf(byte[] ciphertext) => ciphertext.Length == Large / 8 ? Large / 8 : EncryptionKey.SmallestSize / 8;

    /// <summary>The decoy whose ciphertexts are so long. Dispose of it.</summary>
    public static RSA Open(int length)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey((length == Large / 8 ? OfLargeSize : OfUsualSize).Value, out _);
        return rsa;
    }

    private static byte[] Make(int size)
    {
        using var rsa = RSA.Create(size);
        return rsa.ExportPkcs8PrivateKey();
    }
}
