using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>Section <c>EncryptionKeys</c>.</summary>
public sealed class EncryptionKeyOptions
{
    public const string Section = "EncryptionKeys";

    /// <summary>3072 or 4096 bits.</summary>
    public int Size { get; set; } = EncryptionKey.SmallestSize;
}

/// <summary>Makes a tenant's pair. Finding the primes takes a second of a core, so it is done before a transaction is begun.</summary>
public partial class KeyPairs(
    RecordProtector protector, IOptions<EncryptionKeyOptions> options, TimeProvider time, ILogger<KeyPairs> logger)
{
    internal const string ProtectedKind = "encryption-key";

    /// <summary>The pair that a tenant begins with.</summary>
    public Task<EncryptionKey> MakeAsync(Guid tenantId, CancellationToken cancellationToken) => MakeAsync(tenantId, null, cancellationToken);

    /// <param name="createdBy">Whose rotation asks for it, by address; null for onboarding.</param>
    public Task<EncryptionKey> MakeAsync(Guid tenantId, string? createdBy, CancellationToken cancellationToken) =>
        Task.Run(() => Make(tenantId, createdBy), cancellationToken);

    /// <summary>The private part of a pair as PKCS#8. Whoever asks for it overwrites it after use.</summary>
    /// <exception cref="CryptographicException">It was altered in the database, or moved there from another row.</exception>
    internal byte[] Reveal(Guid tenantId, Guid keyId, byte[] privateKey) => protector.Unprotect(ProtectedKind, tenantId, keyId, privateKey);

    /// <summary>
    /// The private part of a pair. Null, and logged, for one that was altered in the database, or moved there from another row: it opens
    /// nothing, and whoever needs it is refused. Dispose of it.
    /// </summary>
    internal RSA? TryOpen(Guid tenantId, Guid keyId, byte[]? privateKey)
    {
        var rsa = RSA.Create();
        try
        {
            var pkcs8 = Reveal(tenantId, keyId, privateKey ?? []);
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);
            CryptographicOperations.ZeroMemory(pkcs8);
            return rsa;
        }
        catch (CryptographicException failure)
        {
            rsa.Dispose();
            LogUnreadable(keyId, tenantId, failure);
            return null;
        }
    }

    /// <summary>New primes, at random. A tenant never gets the same ones twice.</summary>
    /// <param name="tenantId">Whose they will be.</param>
    /// <param name="size">Of their product, in bits.</param>
    protected virtual RSA FindPrimes(Guid tenantId, int size) => RSA.Create(size);

    private EncryptionKey Make(Guid tenantId, string? createdBy)
    {
        using var rsa = FindPrimes(tenantId, options.Value.Size);
        var id = Ids.New(time);
        var privateKey = rsa.ExportPkcs8PrivateKey();
        var key = new EncryptionKey
        {
            Id = id,
            TenantId = tenantId,
            Size = rsa.KeySize,
            PublicKey = rsa.ExportSubjectPublicKeyInfo(),
            PrivateKey = protector.Protect(ProtectedKind, tenantId, id, privateKey),
            CreatedAt = time.GetUtcNow(),
            CreatedBy = createdBy,
        };
        CryptographicOperations.ZeroMemory(privateKey);
        return key;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The private key {KeyId} of tenant {TenantId} does not open: it was altered in the database, or moved there from another row, "
            + "or the key ring has lost its key")]
    private partial void LogUnreadable(Guid keyId, Guid tenantId, Exception failure);
}
