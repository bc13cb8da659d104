using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>
/// Opens what clients encrypted: with the current key, and with previous ones inside their decrypt-only window. A plaintext is bytes
/// that are overwritten when it is disposed of. Keys are read anew each time: after a rotation nothing opens any more.
/// </summary>
/// <remarks>
/// Only digests that the tenant allows are ever decrypted. What does not open is diagnosed: one private-key operation for each key, and
/// every pair of digests compared. PKCS #1 v1.5 is never tried: to tell whether its padding is right is what Bleichenbacher's attack needs.
/// </remarks>
public sealed class CiphertextOpener(ConsoleDb db, KeyPairs keyPairs, TimeProvider time)
{
    // The current key, and a previous one inside its window.
    private const int EvenTrials = 2;

    // A diagnosis takes several times as long as a decryption: half of the processors go on serving everybody else.
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Decrypts a payload's field and counts the use.</summary>
    public async Task<Result<OpenedCiphertext>> DecryptAsync(Guid tenantId, string ciphertext, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        var keys = await ReadKeysAsync(context, cancellationToken);
        var reading = CiphertextReading.Of(ciphertext, keys);
        if (reading.Error is { } why)
            return EncryptionKeyErrors.Malformed(why);
        var allowed = (await TenantPolicy.ReadAsync(context, cancellationToken)).AllowMgf1Sha1;
        if ((await OpenAsync(keys, reading.Bytes, allowed, null, cancellationToken)).Opened is not { } opened)
            return EncryptionKeyErrors.NotOpened;
        if (await KeyUse.TryCountAsync(context, opened.Key.KeyId, 1, time.GetUtcNow(), cancellationToken))
            return opened;

        // Rotated away in this very moment.
        opened.Dispose();
        return EncryptionKeyErrors.NotOpened;
    }

    /// <summary>Every key that the tenant ever had, with its private part where it may still be used; the current one first.</summary>
    internal async Task<IReadOnlyList<TenantKey>> ReadKeysAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var keys = await context.Set<EncryptionKey>().AsNoTracking()
            .Where(key => key.PrivateKey != null && (key.EndedAt == null || key.DecryptUntil > now))
            .OrderByDescending(key => key.EndedAt == null).ThenByDescending(key => key.EndedAt)
            .Select(key => new TenantKey(key.TenantId, key.Id, key.Size, key.PrivateKey, key.DecryptUntil)).ToListAsync(cancellationToken);
        // Of those that open nothing any more the size alone: what was made for one of them is not malformed.
        var sizes = await context.Set<EncryptionKey>().Select(key => key.Size).Distinct().ToListAsync(cancellationToken);
        return [.. keys, .. sizes.Select(size => new TenantKey(context.TenantId, Guid.Empty, size, null, null))];
    }

    /// <summary>Tries the keys. Takes milliseconds of a core, not on the caller's thread, and waits for others that do the same.</summary>
    /// <param name="keys">Those to try; others than those of the ciphertext's length are passed over.</param>
    /// <param name="ciphertext">Bytes.</param>
    /// <param name="allowMgf1Sha1">Whether the tenant allows <see cref="OaepDigests.Mgf1Sha1"/> as well.</param>
    /// <param name="work">Counts what is done; null where nobody asks.</param>
    /// <param name="cancellationToken">Gives up before the trial.</param>
    internal async Task<Trial> OpenAsync(
        IReadOnlyList<TenantKey> keys, byte[] ciphertext, bool allowMgf1Sha1, TrialWork? work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Open(keys, ciphertext, allowMgf1Sha1, work ?? new TrialWork()), cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>
    /// The same for whoever is not signed in: two keys are tried in both ways, whatever the first of them answers, and decoys where the
    /// tenant has fewer of that length. The work depends on the ciphertext's length alone.
    /// </summary>
    internal async Task<Trial> OpenEvenlyAsync(
        IReadOnlyList<TenantKey> keys, byte[] ciphertext, bool allowMgf1Sha1, TrialWork work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => OpenEvenly(keys, ciphertext, allowMgf1Sha1, work), cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private Trial OpenEvenly(IReadOnlyList<TenantKey> keys, byte[] ciphertext, bool allowMgf1Sha1, TrialWork work)
    {
        var length = DecoyKeys.LengthOf(ciphertext);
        var bytes = ciphertext.Length == length ? ciphertext : RandomNumberGenerator.GetBytes(length);
        var usable = keys.Where(key => key.PrivateKey is not null && key.Length == length).Take(EvenTrials).ToList();
        Trial result = default;
        for (var number = 0; number < EvenTrials; number++)
        {
            var key = usable.ElementAtOrDefault(number);
            var opened = key is null ? null : TryOpen(key);
            using var rsa = opened ?? DecoyKeys.Open(length);
            var standard = RsaTrials.TryDecrypt(rsa, bytes, work);
            var (recognized, other) = RsaTrials.Diagnose(rsa, bytes, allowMgf1Sha1, work);
            if (key is null || opened is null || (standard is null ? recognized : OaepDigests.Standard) is not { } digests || result.Recognized is not null)
                continue;
            var opening = new OpeningKey(key.Id, digests, key.DecryptUntil);
            result = new Trial((standard ?? other) is { } plaintext ? new OpenedCiphertext(opening, plaintext) : null, opening);
        }

        return result;
    }

    private Trial Open(IReadOnlyList<TenantKey> keys, byte[] ciphertext, bool allowMgf1Sha1, TrialWork work)
    {
        var usable = keys.Where(key => key.PrivateKey is not null && key.Length == ciphertext.Length);
        var pairs = usable.Select(key => (Key: key, Own: TryOpen(key))).ToList()
            // One that does not open is tried as a decoy: that it is missing must not show in the time.
            .ConvertAll(pair => (pair.Key, IsOwn: pair.Own is not null, Rsa: pair.Own ?? DecoyKeys.Open(pair.Key.Length)));
        try
        {
            foreach (var (key, isOwn, rsa) in pairs)
            {
                if (RsaTrials.TryDecrypt(rsa, ciphertext, work) is { } plaintext && isOwn)
                {
                    var opening = new OpeningKey(key.Id, OaepDigests.Standard, key.DecryptUntil);
                    return new Trial(new OpenedCiphertext(opening, plaintext), opening);
                }
            }

            var result = new Trial(null, null, pairs.Exists(pair => !pair.IsOwn));
            foreach (var (key, isOwn, rsa) in pairs)
            {
                var (digests, plaintext) = RsaTrials.Diagnose(rsa, ciphertext, allowMgf1Sha1, work);
                // To the end: which key it was made for must not show in the time either.
                if (digests is not { } recognized || !isOwn)
                    continue;
                var opening = new OpeningKey(key.Id, recognized, key.DecryptUntil);
                result = new Trial(plaintext is null ? null : new OpenedCiphertext(opening, plaintext), opening);
            }

            return result;
        }
        finally
        {
            pairs.ForEach(pair => pair.Rsa.Dispose());
        }
    }

    private RSA? TryOpen(TenantKey key)
    {
        var own = keyPairs.TryOpen(key.TenantId, key.Id, key.PrivateKey);
        if (own is null || own.KeySize == key.Size)
            return own;
        // The size was altered.
        own.Dispose();
        return null;
    }
}
