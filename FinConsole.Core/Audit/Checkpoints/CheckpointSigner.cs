using System.Security.Cryptography;
using FinConsole.Core.Audit.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Checkpoints;

/// <summary>Signs checkpoints with the installation's key, and checks their signatures.</summary>
public sealed class CheckpointSigner(ConsoleDb db, WriteQueue queue, RecordProtector protector, ChainRegister register, TimeProvider time)
{
    private const string Kind = "checkpoint-key";

    /// <summary>
    /// The key to sign with, made at first use. Asked for before a transaction begins: the making writes, and SQLite has one writer at a time.
    /// Null where none may be made: the register of logs says that there was one, or is itself not as this program left it.
    /// </summary>
    internal async Task<CheckpointKey?> FindOrMakeKeyAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var newest = await context.Set<CheckpointKey>().AsNoTracking().OrderByDescending(key => key.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (newest is not null)
            return newest;

        var made = MakeKey();
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var key = await register.AddKeyAsync(context, made, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return key;
    }

    internal AuditCheckpoint Sign(CheckpointKey key, Guid tenantId, long size, byte[] head, DateTimeOffset at)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(protector.Unprotect(Kind, Tenant.Operator, key.Id, key.PrivateKey), out _);
        var unsigned = new AuditCheckpoint(tenantId, size, Convert.ToHexStringLower(head), at, key.Id, Convert.ToBase64String(key.PublicKey), "");
        return unsigned with { Signature = Convert.ToBase64String(ecdsa.SignData(unsigned.SignedBytes(), HashAlgorithmName.SHA256)) };
    }

    /// <summary>The public key that signs checkpoints, as PEM; made at first use.</summary>
    /// <exception cref="AuditChainBrokenException">The key was removed from the database.</exception>
    public async Task<string> PublicKeyAsync(CancellationToken cancellationToken)
    {
        var key = await FindOrMakeKeyAsync(cancellationToken) ?? throw new AuditChainBrokenException(CheckpointErrors.KeyMissing.Message);
        return PemEncoding.WriteString("PUBLIC KEY", key.PublicKey);
    }

    /// <summary>Whether one of this installation's keys made the signature.</summary>
    public async Task<bool> IsOursAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var keys = await context.ReadStoredAsync(
            """SELECT "Id", "PublicKey" FROM "CheckpointKeys" WHERE "Id" = @id""", [("@id", checkpoint.KeyId)], row => (row.Id(0), Public: row.Bytes(1)), cancellationToken);
        return keys is [var key] && IsSignedBy(checkpoint, key.Public);
    }

    /// <summary>Whether the holder of <paramref name="publicKey"/> (SubjectPublicKeyInfo, DER) signed the checkpoint.</summary>
    public static bool IsSignedBy(AuditCheckpoint checkpoint, byte[] publicKey)
    {
        var signature = new byte[128];
        if (!Convert.TryFromBase64String(checkpoint.Signature, signature, out var length))
            return false;
        using var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return ecdsa.VerifyData(checkpoint.SignedBytes(), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            // Somebody put something else into the key's place.
            return false;
        }
    }

    private CheckpointKey MakeKey()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Ids.New(time);
        return new CheckpointKey
        {
            Id = id,
            CreatedAt = time.GetUtcNow(),
            PublicKey = ecdsa.ExportSubjectPublicKeyInfo(),
            PrivateKey = protector.Protect(Kind, Tenant.Operator, id, ecdsa.ExportPkcs8PrivateKey()),
        };
    }
}
