using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
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
public sealed class KeyPairs(RecordProtector protector, IOptions<EncryptionKeyOptions> options, TimeProvider time)
{
    internal const string ProtectedKind = "encryption-key";

    public Task<EncryptionKey> MakeAsync(Guid tenantId, CancellationToken cancellationToken) => Task.Run(() => Make(tenantId), cancellationToken);

    private EncryptionKey Make(Guid tenantId)
    {
        using var rsa = RSA.Create(options.Value.Size);
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
        };
        CryptographicOperations.ZeroMemory(privateKey);
        return key;
    }
}
