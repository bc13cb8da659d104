using System.Security.Cryptography;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Checkpoints;

/// <summary>Signs checkpoints with the installation's key, and checks their signatures.</summary>
public sealed class CheckpointSigner(ConsoleDb db, WriteQueue queue, RecordProtector protector, AuditChain chain, ChainRegister register, TimeProvider time)
{
    private const string Kind = "checkpoint-key";

    /// <summary>
    /// The key to sign with, made at first use. Asked for before a transaction begins: the making writes, and SQLite has one writer at a time.
    /// It is the one that the register of logs lists, and its public part is that of the private one: whoever has the database alone can
    /// put another public key there, for everybody to check forged checkpoints with.
    /// </summary>
    /// <returns>
    /// <see cref="CheckpointErrors.KeyAltered"/> or <see cref="CheckpointErrors.KeyMissing"/> where there is none to be trusted and none may
    /// be made.
    /// </returns>
    internal async Task<Result<CheckpointKey>> FindOrMakeKeyAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var state = await RegisterState.ReadAsync(context, chain, cancellationToken);
        if (state.Fault is not null)
            return await context.Set<CheckpointKey>().AnyAsync(cancellationToken) ? CheckpointErrors.KeyAltered : CheckpointErrors.KeyMissing;
        if (state.Keys.MaxBy(key => key.CreatedAt) is { } newest)
            return IsPair(newest) ? newest : CheckpointErrors.KeyAltered;

        var made = MakeKey();
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var key = await register.AddKeyAsync(context, made, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return key is null ? CheckpointErrors.KeyMissing : IsPair(key) ? key : CheckpointErrors.KeyAltered;
    }

    internal AuditCheckpoint Sign(CheckpointKey key, Guid tenantId, long size, byte[] head, DateTimeOffset at)
    {
        using var ecdsa = OpenPrivate(key);
        var unsigned = new AuditCheckpoint(tenantId, size, Convert.ToHexStringLower(head), at, key.Id, Convert.ToBase64String(key.PublicKey), "");
        return unsigned with { Signature = Convert.ToBase64String(ecdsa.SignData(unsigned.SignedBytes(), HashAlgorithmName.SHA256)) };
    }

    /// <summary>The public key that signs checkpoints, as PEM; made at first use.</summary>
    /// <exception cref="AuditChainBrokenException">The key was removed from the database, or altered there.</exception>
    public async Task<string> PublicKeyAsync(CancellationToken cancellationToken)
    {
        var key = await FindOrMakeKeyAsync(cancellationToken);
        return key.Succeeded ? PemEncoding.WriteString("PUBLIC KEY", key.Value.PublicKey) : throw new AuditChainBrokenException(key.Error.Message);
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

    private bool IsPair(CheckpointKey key)
    {
        try
        {
            using var ecdsa = OpenPrivate(key);
            return ecdsa.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.PublicKey);
        }
        catch (CryptographicException)
        {
            // Somebody put something else into the private key's place.
            return false;
        }
    }

    private ECDsa OpenPrivate(CheckpointKey key)
    {
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportPkcs8PrivateKey(protector.Unprotect(Kind, Tenant.Operator, key.Id, key.PrivateKey), out _);
            return ecdsa;
        }
        catch
        {
            ecdsa.Dispose();
            throw;
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
