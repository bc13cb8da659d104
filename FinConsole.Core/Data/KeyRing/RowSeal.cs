using System.Security.Cryptography;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>
/// Tells what this installation wrote from what somebody put into the database: an HMAC-SHA-256 under a key derived from the pepper, which is
/// not there.
/// </summary>
/// <param name="key">Of the pepper, for one kind of rows: its seals fit no other kind.</param>
internal sealed class RowSeal(byte[] key)
{
    /// <summary>Bytes.</summary>
    public const int Length = 32;

    public byte[] Of(ReadOnlySpan<byte> content) => HMACSHA256.HashData(key, content);

    public bool Fits(ReadOnlySpan<byte> content, ReadOnlySpan<byte> seal) => CryptographicOperations.FixedTimeEquals(Of(content), seal);
}
