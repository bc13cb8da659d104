namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <param name="Size">In bits.</param>
/// <param name="PrivateKey">Still encrypted under the ring; null when it may not be used.</param>
internal sealed record TenantKey(Guid TenantId, Guid Id, int Size, byte[]? PrivateKey, DateTimeOffset? DecryptUntil)
{
    /// <summary>Of a ciphertext, in bytes.</summary>
    public int Length => Size / 8;
}
