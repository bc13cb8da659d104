using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>How a client padded: as the guide says, or with MGF1-SHA-1, as Java does unless it is told.</summary>
public enum OaepPadding
{
    Sha256,
    Mgf1Sha1,
}

/// <summary>A key that opened a ciphertext, and how.</summary>
/// <param name="DecryptUntil">For a previous key: when its window closes. Null for the current one.</param>
public sealed record OpeningKey(Guid KeyId, OaepPadding Padding, DateTimeOffset? DecryptUntil);

/// <summary>
/// Opens what clients encrypted: with the current key, and with previous ones inside their decrypt-only window. A plaintext is bytes
/// that are overwritten when it is disposed of. Keys are read anew each time: after a rotation nothing opens any more.
/// </summary>
public sealed class CiphertextOpener(ConsoleDb db, KeyPairs keyPairs, Mgf1Sha1Oaep mgf1Sha1, TimeProvider time)
{
    /// <summary>Decrypts a payload's field and counts the use.</summary>
    public async Task<Result<OpenedCiphertext>> DecryptAsync(Guid tenantId, string ciphertext, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        var keys = await ReadKeysAsync(context, cancellationToken);
        if (FindFault(ciphertext, keys, out var bytes) is { } fault)
            return EncryptionKeyErrors.Malformed(fault);
        var opened = await Task.Run(() => Open(keys, bytes), cancellationToken);
        if (opened is null)
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

    /// <summary>What is wrong with a ciphertext before any key is tried; null when nothing is.</summary>
    internal static string? FindFault(string ciphertext, IReadOnlyList<TenantKey> keys, out byte[] bytes)
    {
        bytes = Ciphertext.Decode(ciphertext) ?? [];
        if (string.IsNullOrWhiteSpace(ciphertext))
            return CiphertextTexts.Empty;
        if (bytes.Length == 0)
            return CiphertextTexts.NotBase64;
        var length = bytes.Length;
        var expected = keys[0].Length;
        return keys.Any(key => key.Length == length) ? null : Texts.Format(CiphertextTexts.WrongLength, length, expected);
    }

    /// <summary>The plaintext and the key that opened it; null when none does. Takes milliseconds of a core: never on a circuit's thread.</summary>
    internal OpenedCiphertext? Open(IReadOnlyList<TenantKey> keys, byte[] ciphertext)
    {
        foreach (var padding in new[] { OaepPadding.Sha256, OaepPadding.Mgf1Sha1 })
        {
            foreach (var key in keys.Where(key => key.PrivateKey is not null && key.Length == ciphertext.Length))
            {
                if (TryOpen(key, ciphertext, padding) is { } plaintext)
                    return new OpenedCiphertext(new OpeningKey(key.Id, padding, key.DecryptUntil), plaintext);
            }
        }

        return null;
    }

    private byte[]? TryOpen(TenantKey key, byte[] ciphertext, OaepPadding padding)
    {
        var pkcs8 = keyPairs.Reveal(key.TenantId, key.Id, key.PrivateKey!);
        try
        {
            return padding == OaepPadding.Mgf1Sha1 ? mgf1Sha1.TryDecrypt(pkcs8, ciphertext) : TryDecrypt(pkcs8, ciphertext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static byte[]? TryDecrypt(byte[] pkcs8, byte[] ciphertext)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        try
        {
            return rsa.Decrypt(ciphertext, RSAEncryptionPadding.OaepSHA256);
        }
        catch (CryptographicException)
        {
            // Another key's, another padding's, or damaged: nobody can tell which.
            return null;
        }
    }
}

/// <param name="Size">In bits.</param>
/// <param name="PrivateKey">Still encrypted under the ring; null when it may not be used.</param>
internal sealed record TenantKey(Guid TenantId, Guid Id, int Size, byte[]? PrivateKey, DateTimeOffset? DecryptUntil)
{
    /// <summary>Of a ciphertext, in bytes.</summary>
    public int Length => Size / 8;
}
