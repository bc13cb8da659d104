using System.Security.Cryptography;
using FinConsole.Core.EncryptionKeys.Decryption;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Security;

namespace FinConsole.Bench.Oaep;

/// <summary>A ciphertext for each way to fail, and one that opens.</summary>
internal static class Ciphertexts
{
    public const string Opens = "opens";

    /// <summary>By the name of the way; in Base64, where it is not the form that is wrong.</summary>
    public static Dictionary<string, string> Of(byte[] publicKey)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        using var stranger = RSA.Create(rsa.KeySize);
        var length = rsa.KeySize / 8;
        var damaged = rsa.Encrypt(Plaintext, RSAEncryptionPadding.OaepSHA256);
        damaged[length / 2] ^= 1;
        return new Dictionary<string, string>
        {
            ["SHA-1 for both"] = Pad(publicKey, new(OaepDigest.Sha1, OaepDigest.Sha1)),
            ["SHA-256 with MGF1-SHA-1, not allowed"] = Pad(publicKey, OaepDigests.Mgf1Sha1),
            ["SHA-512 for both"] = Pad(publicKey, new(OaepDigest.Sha512, OaepDigest.Sha512)),
            ["another key's"] = Convert.ToBase64String(stranger.Encrypt(Plaintext, RSAEncryptionPadding.OaepSHA256)),
            ["damaged"] = Convert.ToBase64String(damaged),
            ["PKCS #1 v1.5"] = Convert.ToBase64String(rsa.Encrypt(Plaintext, RSAEncryptionPadding.Pkcs1)),
            ["the number zero"] = Convert.ToBase64String(new byte[length]),
            ["the number one"] = Convert.ToBase64String([.. new byte[length - 1], 1]),
            ["larger than the modulus"] = Convert.ToBase64String([.. Enumerable.Repeat((byte)0xff, length)]),
            ["too short"] = Convert.ToBase64String(damaged[..300]),
            ["in hex"] = Convert.ToHexString(damaged),
            ["plaintext"] = "4711",
            [Opens] = Convert.ToBase64String(rsa.Encrypt(Plaintext, RSAEncryptionPadding.OaepSHA256)),
        };
    }

    private static ReadOnlySpan<byte> Plaintext => "correct horse battery staple"u8;

    private static string Pad(byte[] publicKey, OaepDigests digests)
    {
        var encoding = new OaepEncoding(new RsaEngine(), NewDigest(digests.Hash), NewDigest(digests.Mgf1), null);
        encoding.Init(forEncryption: true, PublicKeyFactory.CreateKey(publicKey));
        return Convert.ToBase64String(encoding.ProcessBlock([.. Plaintext], 0, Plaintext.Length));
    }

    private static IDigest NewDigest(OaepDigest digest) => digest switch
    {
        OaepDigest.Sha1 => new Sha1Digest(),
        OaepDigest.Sha512 => new Sha512Digest(),
        _ => new Sha256Digest(),
    };
}
