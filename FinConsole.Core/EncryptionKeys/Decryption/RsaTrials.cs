using System.Security.Cryptography;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>The two ways in which one key is tried on one ciphertext. Each takes as long for all ciphertexts that fail.</summary>
internal static class RsaTrials
{
    /// <summary>The plaintext of what was padded as the guide says, by .NET; null for anything else.</summary>
    public static byte[]? TryDecrypt(RSA rsa, byte[] ciphertext, TrialWork work)
    {
        work.Decryptions++;
        try
        {
            return rsa.Decrypt(RawRsa.InRange(rsa, ciphertext), RSAEncryptionPadding.OaepSHA256);
        }
        catch (CryptographicException)
        {
            // Another key's, another padding's, or damaged.
            return null;
        }
    }

    /// <summary>The digests of what <see cref="TryDecrypt"/> did not open; the plaintext too where they are allowed.</summary>
    public static (OaepDigests? Digests, byte[]? Plaintext) Diagnose(RSA rsa, byte[] ciphertext, bool allowMgf1Sha1, TrialWork work)
    {
        work.Diagnoses++;
        using var block = new OaepBlock(RawRsa.Decrypt(rsa, RawRsa.InRange(rsa, ciphertext)));
        var digests = block.FindDigests();
        // The right digests in front of a padding that is broken further on: somebody built it so, and it is damaged.
        if (digests is not { } found || found == OaepDigests.Standard)
            return (null, null);
        if (found != OaepDigests.Mgf1Sha1 || !allowMgf1Sha1)
            return (found, null);
        return block.Decode(found) is { } plaintext ? (found, plaintext) : (null, null);
    }
}
