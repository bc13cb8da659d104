using System.Globalization;
using System.Security.Cryptography;
using FinConsole.Core.AuditLog;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>How a key is named, in the log and to people.</summary>
internal static class KeyFacts
{
    /// <summary>What entries about no certain key are about.</summary>
    public static readonly AuditSubject AnySubject = new(AuditResource.EncryptionKey, null, "Encryption key");

    /// <summary>A key goes by its id in the log: it has no other name.</summary>
    public static AuditSubject Subject(Guid id) => new(AuditResource.EncryptionKey, id, id.ToString());

    /// <summary>SHA-256 in hex pairs, as "openssl pkey -pubin -outform DER | openssl dgst -sha256 -c" prints it.</summary>
    public static string FingerprintOf(byte[] publicKey) =>
        string.Join(':', SHA256.HashData(publicKey).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
}
