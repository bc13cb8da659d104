using System.Data.Common;
using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// Makes and rotates the keys that sign access tokens. Encrypting and decrypting them happens outside of any transaction: the key
/// ring may have to write a key of its own.
/// </summary>
public sealed class SigningKeys(ConsoleDb db, WriteQueue queue, AccessTokenKeyRows rows, AccessTokenKeySeal seal, TimeProvider time)
{
    private const int MostTries = 3;

    /// <summary>The key that signs now, its private part laid open; made at first use. Dispose it.</summary>
    internal async Task<SigningKey> OpenAsync(CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var now = time.GetUtcNow();
            await using var context = db.OpenForOperator();
            var ours = await rows.ReadAsync(context, cancellationToken);
            if (ours.LastOrDefault(row => row.SignsFrom <= now && row.SignsUntil > now && row.PrivateKey is not null) is { } key)
                return new SigningKey(key.Id, seal.Open(key));
            // A moment that a stranger's row has taken is passed over.
            if (tries > MostTries || !await TryMakeAsync(context, now - TimeSpan.FromTicks(tries), cancellationToken))
                throw new InvalidOperationException("There is no key to sign access tokens with.");
        }
    }

    /// <summary>Makes the next key when it is due, and lets go of what is over. Returns whether it made one.</summary>
    public async Task<bool> RotateAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        var ours = await rows.ReadAsync(context, cancellationToken);
        await SealAsync(context, ours, cancellationToken);
        var latest = ours.LastOrDefault();
        var due = latest is null || latest.SignsUntil - now <= AccessTokenKey.PublishedAhead;
        var made = due && await TryMakeAsync(context, latest is null || latest.SignsUntil < now ? now : latest.SignsUntil, cancellationToken);
        await LetGoAsync(context, now, cancellationToken);
        return made;
    }

    // Keys from before the seals, while their private part still proves whose they are.
    private async Task SealAsync(ConsoleDbContext context, IReadOnlyList<AccessTokenKey> ours, CancellationToken cancellationToken)
    {
        foreach (var key in ours.Where(key => key.Seal is null))
        {
            var code = seal.Of(key);
            using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
            await context.Set<AccessTokenKey>().Where(row => row.Id == key.Id && row.Seal == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Seal, code), cancellationToken);
        }
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
            var key = new AccessTokenKey
            {
                Id = id,
                CreatedAt = time.GetUtcNow(),
                SignsFrom = signsFrom,
                PublicKey = ecdsa.ExportSubjectPublicKeyInfo(),
                PrivateKey = seal.Protect(id, pkcs8),
            };
            key.Seal = seal.Of(key);
            return key;
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
