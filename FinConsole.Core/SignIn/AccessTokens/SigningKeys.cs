using System.Data.Common;
using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// Makes and rotates the keys that sign access tokens. Encrypting and decrypting them happens outside of any transaction: the key
/// ring may have to write a key of its own.
/// </summary>
public sealed class SigningKeys(ConsoleDb db, WriteQueue queue, RecordProtector protector, TimeProvider time)
{
    private const string Kind = "access-token-key";

    /// <summary>The key that signs now, its private part laid open; made at first use. Dispose it.</summary>
    internal async Task<SigningKey> OpenAsync(CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var now = time.GetUtcNow();
            var since = now - AccessTokenKey.SignsFor;
            await using var context = db.OpenForOperator();
            var key = await context.Set<AccessTokenKey>().AsNoTracking().Where(row => row.SignsFrom <= now && row.SignsFrom > since && row.PrivateKey != null)
                .OrderByDescending(row => row.SignsFrom).FirstOrDefaultAsync(cancellationToken);
            if (key is not null)
                return Open(key);
            if (tries > 0 || !await TryMakeAsync(context, now, cancellationToken))
                throw new InvalidOperationException("There is no key to sign access tokens with.");
        }
    }

    /// <summary>Makes the next key when it is due, and lets go of what is over. Returns whether it made one.</summary>
    public async Task<bool> RotateAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        var latest = await context.Set<AccessTokenKey>().AsNoTracking().OrderByDescending(key => key.SignsFrom).FirstOrDefaultAsync(cancellationToken);
        var due = latest is null || latest.SignsUntil - now <= AccessTokenKey.PublishedAhead;
        var made = due && await TryMakeAsync(context, latest is null || latest.SignsUntil < now ? now : latest.SignsUntil, cancellationToken);
        await LetGoAsync(context, now, cancellationToken);
        return made;
    }

    private async Task LetGoAsync(ConsoleDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (signedUntil, goneUntil) = (now - AccessTokenKey.SignsFor, now - AccessTokenKey.SignsFor - AccessTokenKey.PublishedAfter);
        if (!await context.Set<AccessTokenKey>().AnyAsync(key => key.SignsFrom <= signedUntil && (key.PrivateKey != null || key.SignsFrom <= goneUntil), cancellationToken))
            return;
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await context.Set<AccessTokenKey>().Where(key => key.SignsFrom <= goneUntil).ExecuteDeleteAsync(cancellationToken);
        await context.Set<AccessTokenKey>().Where(key => key.SignsFrom <= signedUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.PrivateKey, (byte[]?)null), cancellationToken);
    }

    private async Task<bool> TryMakeAsync(ConsoleDbContext context, DateTimeOffset signsFrom, CancellationToken cancellationToken)
    {
        var made = Make(signsFrom);
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        try
        {
            context.Add(made);
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && context.Dialect.IsUniqueViolation(inner))
        {
            // Another instance was faster, and its key is as good.
            return true;
        }
    }

    private AccessTokenKey Make(DateTimeOffset signsFrom)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (id, pkcs8) = (Ids.New(time), ecdsa.ExportPkcs8PrivateKey());
        try
        {
            return new AccessTokenKey
            {
                Id = id,
                CreatedAt = time.GetUtcNow(),
                SignsFrom = signsFrom,
                PublicKey = ecdsa.ExportSubjectPublicKeyInfo(),
                PrivateKey = protector.Protect(Kind, Tenant.Operator, id, pkcs8),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private SigningKey Open(AccessTokenKey key)
    {
        var pkcs8 = protector.Unprotect(Kind, Tenant.Operator, key.Id, key.PrivateKey!);
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
            return new SigningKey(key.Id, ecdsa);
        }
        catch
        {
            ecdsa.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }
}

/// <summary>A key laid open for one signature.</summary>
internal sealed record SigningKey(Guid Id, ECDsa Ecdsa) : IDisposable
{
    public void Dispose() => Ecdsa.Dispose();
}
