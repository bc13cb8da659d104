namespace FinConsole.Core.EncryptionKeys;

/// <summary>A tenant's current public key, in the formats that libraries read, and what its policy lets people do with the pair.</summary>
/// <param name="KeyId">The <c>kid</c>.</param>
/// <param name="Size">In bits.</param>
/// <param name="Fingerprint">SHA-256 of the SubjectPublicKeyInfo, in hex pairs.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER, in Base64: what fincode-api-connections decodes into an RSA PublicKey.</param>
/// <param name="Pem">The same between the lines of RFC 7468.</param>
/// <param name="Jwk">The same as a JSON Web Key (RFC 7517).</param>
/// <param name="CreatedBy">Who rotated to it, by address; null for the pair that onboarding made.</param>
/// <param name="UseCount">How many payloads the server has decrypted with it.</param>
/// <param name="LongestWindow">For how many hours the policy lets a previous key go on decrypting; 0 for not at all.</param>
/// <param name="RotateAfterDays">From which age on the policy wants it rotated.</param>
/// <param name="MayBeExported">Whether the policy lets an admin take the private key out.</param>
public sealed record EncryptionKeyView(
    Guid KeyId, int Size, string Fingerprint, string PublicKey, string Pem, string Jwk, DateTimeOffset CreatedAt, string? CreatedBy,
    long UseCount, DateTimeOffset? LastUsedAt, int LongestWindow, int RotateAfterDays, bool MayBeExported)
{
    /// <summary>Whether the pair is older than the policy wants it.</summary>
    public bool IsOverdue(DateTimeOffset now) => IsOverdue(now, RotateAfterDays);

    /// <summary>The same by another policy, for example one that is being considered.</summary>
    public bool IsOverdue(DateTimeOffset now, int days) => now - CreatedAt > TimeSpan.FromDays(days);
}
