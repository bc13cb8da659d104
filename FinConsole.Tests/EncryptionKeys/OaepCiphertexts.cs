using System.Security.Cryptography;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>Ciphertexts that no library makes by itself.</summary>
internal static class OaepCiphertexts
{
    public static string Encrypt(EncryptionKey key, byte[] plaintext)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        return Convert.ToBase64String(rsa.Encrypt(plaintext, RSAEncryptionPadding.OaepSHA256));
    }

    /// <summary>One for each way to fail, by its name. None opens for a tenant that allows no other digests.</summary>
    public static async Task<Dictionary<string, string>> FailuresAsync(EncryptionKey key, EncryptionKey old)
    {
        using var stranger = RSA.Create(3072);
        var damaged = Convert.FromBase64String(KeySteps.Encrypt(key));
        damaged[200] ^= 1;
        var tooLarge = new byte[384];
        Array.Fill(tooLarge, (byte)0xff);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        return new Dictionary<string, string>
        {
            ["SHA-1 for both"] = await KeySteps.EncryptByOpenSslAsync(key, "sha1", "sha1"),
            ["MGF1-SHA-1"] = await KeySteps.EncryptByOpenSslAsync(key),
            ["MGF1-SHA-1 of the previous key"] = await KeySteps.EncryptByOpenSslAsync(old),
            ["SHA-512 for both"] = await KeySteps.EncryptByOpenSslAsync(key, "sha512", "sha512"),
            ["another key"] = Convert.ToBase64String(stranger.Encrypt([1, 2, 3], RSAEncryptionPadding.OaepSHA256)),
            ["damaged"] = Convert.ToBase64String(damaged),
            ["PKCS #1 v1.5"] = Convert.ToBase64String(rsa.Encrypt([1, 2, 3], RSAEncryptionPadding.Pkcs1)),
            ["without a separator"] = WithoutSeparator(key, OaepDigests.Standard),
            ["zero"] = Convert.ToBase64String(new byte[384]),
            ["one"] = Convert.ToBase64String([.. new byte[383], 1]),
            ["larger than the modulus"] = Convert.ToBase64String(tooLarge),
            ["plaintext"] = "4711",
            ["too short"] = Convert.ToBase64String(damaged[..300]),
            ["hex"] = Convert.ToHexString(damaged),
        };
    }

    /// <summary>Right in its label's hash, and then nothing but zeros where 01 and the message belong.</summary>
    public static string WithoutSeparator(EncryptionKey key, OaepDigests digests)
    {
        var length = key.Size / 8;
        var seed = RandomNumberGenerator.GetBytes(32);
        byte[] db = [.. SHA256.HashData([]), .. new byte[length - 65]];
        db = Xor(db, Mask(digests.Mgf1, seed, db.Length));
        seed = Xor(seed, Mask(digests.Mgf1, db, seed.Length));
        var engine = new RsaEngine();
        engine.Init(forEncryption: true, PublicKeyFactory.CreateKey(key.PublicKey));
        return Convert.ToBase64String(engine.ProcessBlock([0, .. seed, .. db], 0, length));
    }

    private static byte[] Mask(OaepDigest digest, byte[] seed, int length)
    {
        var generator = new Mgf1BytesGenerator(digest == OaepDigest.Sha1 ? new Sha1Digest() : new Sha256Digest());
        generator.Init(new MgfParameters(seed));
        var mask = new byte[length];
        generator.GenerateBytes(mask, 0, length);
        return mask;
    }

    private static byte[] Xor(byte[] left, byte[] permission) => [.. left.Zip(permission, (one, other) => (byte)(one ^ other))];
}
