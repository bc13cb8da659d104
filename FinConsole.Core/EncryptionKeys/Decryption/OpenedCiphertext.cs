using System.Security.Cryptography;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>A secret that a client sent, decrypted. Dispose of it as soon as it has been used: that overwrites it.</summary>
public sealed class OpenedCiphertext(OpeningKey key, byte[] plaintext) : IDisposable
{
    public OpeningKey Key => key;

    /// <summary>In bytes.</summary>
    public int Length => plaintext.Length;

    /// <summary>The plaintext. Every call is a place to review.</summary>
    public ReadOnlySpan<byte> Reveal() => plaintext;

    public void Dispose() => CryptographicOperations.ZeroMemory(plaintext);

    public override string ToString() => "[redacted]";
}
