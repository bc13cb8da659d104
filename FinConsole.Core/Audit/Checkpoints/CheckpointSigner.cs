using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Checkpoints;

/// <summary>Signs checkpoints with the installation's key, and checks their signatures.</summary>
public sealed class CheckpointSigner(ConsoleDb db, WriteQueue queue, RecordProtector protector, TimeProvider time)
{
    private const string Kind = "checkpoint-key";

    /// <summary>The key to sign with, made at first use. Asked for before a transaction begins: the making writes, and SQLite has one writer at a time.</summary>
    internal async Task<CheckpointKey> FindOrMakeKeyAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var newest = await context.Set<CheckpointKey>().AsNoTracking().OrderByDescending(key => key.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (newest is not null)
            return newest;

        var made = MakeKey();
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        context.Add(made);
        await context.SaveChangesAsync(cancellationToken);
        return made;
    }

    internal AuditCheckpoint Sign(CheckpointKey key, Guid tenantId, long size, byte[] head, DateTimeOffset at)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(protector.Unprotect(Kind, Tenant.Operator, key.Id, key.PrivateKey), out _);
        var unsigned = new AuditCheckpoint(tenantId, size, Convert.ToHexStringLower(head), at, key.Id, Convert.ToBase64String(key.PublicKey), "");
        return unsigned with { Signature = Convert.ToBase64String(ecdsa.SignData(unsigned.SignedBytes(), HashAlgorithmName.SHA256)) };
    }

    /// <summary>The public key that signs checkpoints, as PEM; made at first use.</summary>
    public async Task<string> PublicKeyAsync(CancellationToken cancellationToken)
    {
        var key = await FindOrMakeKeyAsync(cancellationToken);
        return PemEncoding.WriteString("PUBLIC KEY", key.PublicKey);
    }

    /// <summary>Whether one of this installation's keys made the signature.</summary>
    public async Task<bool> IsOursAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var publicKey = await context.Set<CheckpointKey>().Where(key => key.Id == checkpoint.KeyId).Select(key => key.PublicKey).SingleOrDefaultAsync(cancellationToken);
        return publicKey is not null && IsSignedBy(checkpoint, publicKey);
    }

    /// <summary>Whether the holder of <paramref name="publicKey"/> (SubjectPublicKeyInfo, DER) signed the checkpoint.</summary>
    public static bool IsSignedBy(AuditCheckpoint checkpoint, byte[] publicKey)
    {
        var signature = new byte[128];
        if (!Convert.TryFromBase64String(checkpoint.Signature, signature, out var length))
            return false;
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        return ecdsa.VerifyData(checkpoint.SignedBytes(), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
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
