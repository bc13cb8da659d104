using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>An encoded message EM (RFC 8017, section 7.1.1) after the private-key operation. Overwritten when it is disposed of.</summary>
internal sealed class OaepBlock(byte[] encoded) : IDisposable
{
    private static readonly byte[][] LabelHashes = [.. Enum.GetValues<OaepDigest>().Select(digest => Hash(digest, []))];

    public void Dispose() => CryptographicOperations.ZeroMemory(encoded);

    /// <summary>
    /// The digests that the client padded with; null when none of <see cref="OaepDigests.All"/> fits. Only the hash of the empty label is
    /// unmasked, which 160 bits or more identify; the plaintext behind it is not. Does the same work whatever the block holds.
    /// </summary>
    public OaepDigests? FindDigests()
    {
        var found = 0;
        for (var number = 0; number < OaepDigests.All.Count; number++)
            found += (number + 1) * Convert.ToInt32(HasLabelHash(OaepDigests.All[number]));
        return found == 0 ? null : OaepDigests.All[found - 1];
    }

    /// <summary>The plaintext, which the caller overwrites after use; null where the padding is not right to its end.</summary>
    public byte[]? Decode(OaepDigests digests)
    {
        var encoding = new OaepEncoding(new KnownBlock(encoded), NewDigest(digests.Hash), NewDigest(digests.Mgf1), null);
        encoding.Init(forEncryption: false, null);
        try
        {
            return encoding.ProcessBlock(encoded, 0, encoded.Length);
        }
        catch (InvalidCipherTextException)
        {
            return null;
        }
    }

    private bool HasLabelHash(OaepDigests digests)
    {
        var expected = LabelHashes[(int)digests.Hash];
        var length = expected.Length;
        var maskedDb = encoded.AsSpan(1 + length).ToArray();
        var seed = Mask(digests.Mgf1, maskedDb, length);
        Xor(seed, encoded.AsSpan(1, length));
        var labelHash = Mask(digests.Mgf1, seed, length);
        Xor(labelHash, maskedDb.AsSpan(0, length));
        return CryptographicOperations.FixedTimeEquals(labelHash, expected) & (encoded[0] == 0);
    }

    private static byte[] Mask(OaepDigest digest, byte[] seed, int length)
    {
        var generator = new Mgf1BytesGenerator(NewDigest(digest));
        generator.Init(new MgfParameters(seed));
        var mask = new byte[length];
        generator.GenerateBytes(mask, 0, length);
        return mask;
    }

    private static void Xor(byte[] target, ReadOnlySpan<byte> mask)
    {
        for (var index = 0; index < target.Length; index++)
            target[index] ^= mask[index];
    }

    private static byte[] Hash(OaepDigest digest, byte[] bytes)
    {
        var hash = NewDigest(digest);
        hash.BlockUpdate(bytes, 0, bytes.Length);
        var result = new byte[hash.GetDigestSize()];
        hash.DoFinal(result, 0);
        return result;
    }

    private static IDigest NewDigest(OaepDigest digest) => digest switch
    {
        OaepDigest.Sha1 => new Sha1Digest(),
        OaepDigest.Sha224 => new Sha224Digest(),
        OaepDigest.Sha256 => new Sha256Digest(),
        OaepDigest.Sha384 => new Sha384Digest(),
        OaepDigest.Sha512 => new Sha512Digest(),
    };

    // In the place of the RSA engine: the private-key operation was done already.
    private sealed class KnownBlock(byte[] encoded) : IAsymmetricBlockCipher
    {
        public string AlgorithmName => "RSA";

        public void Init(bool forEncryption, ICipherParameters parameters)
        {
            // There is no key any more.
        }

        public int GetInputBlockSize() => encoded.Length;

        // One less than the modulus, as RSA engines say: the first byte is always zero.
        public int GetOutputBlockSize() => encoded.Length - 1;

        public byte[] ProcessBlock(byte[] inBuf, int inOff, int inLen) => encoded[1..];
    }
}
