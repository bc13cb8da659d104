namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>A key that a ciphertext was made for, and how it was padded.</summary>
/// <param name="DecryptUntil">For a previous key: when its window closes. Null for the current one.</param>
public sealed record OpeningKey(Guid KeyId, OaepDigests Digests, DateTimeOffset? DecryptUntil);

/// <summary>What became of a ciphertext after the keys were tried on it.</summary>
/// <param name="Opened">The plaintext, where its digests are allowed.</param>
/// <param name="Recognized">The key and the digests, whether allowed or not; null where no key and no digests fit.</param>
/// <param name="KeyUnreadable">Whether a key of the ciphertext's length could not be tried, because its private part does not open.</param>
internal readonly record struct Trial(OpenedCiphertext? Opened, OpeningKey? Recognized, bool KeyUnreadable = false);

/// <summary>How much was done for a trial: the same for all that fail, so that time says nothing.</summary>
internal sealed class TrialWork
{
    /// <summary>Decryptions by .NET, with SHA-256 for both digests.</summary>
    public int Decryptions { get; set; }

    /// <summary>Private-key operations whose result was compared with every pair of digests.</summary>
    public int Diagnoses { get; set; }

    public override string ToString() => $"{Decryptions} decryptions, {Diagnoses} diagnoses";
}
