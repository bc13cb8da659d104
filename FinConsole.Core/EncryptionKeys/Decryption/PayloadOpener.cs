using System.Security.Cryptography;
using FinConsole.Core.Data;
using FinConsole.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>One field after the keys were tried on it: opened, or why not.</summary>
internal readonly record struct TriedField(OpenedCiphertext? Opened, FieldFailure? Failure, bool IsMgf1Sha1);

/// <summary>
/// Tries a tenant's keys on the fields of a payload. A field that fails costs the same trials whatever was wrong with it, also where
/// that was plain to see: neither the answer's time nor its size helps anybody who asks with forged ciphertexts.
/// </summary>
public sealed class PayloadOpener(CiphertextOpener opener)
{
    /// <param name="context">Of the tenant.</param>
    /// <param name="keyId">The key that the caller names; null tries all that still decrypt.</param>
    /// <param name="ciphertexts">In Base64.</param>
    /// <param name="cancellationToken">Stops before the trials.</param>
    internal async Task<IReadOnlyList<TriedField>> TryAsync(ConsoleDbContext context, Guid? keyId, IReadOnlyList<string> ciphertexts, CancellationToken cancellationToken)
    {
        var keys = await opener.ReadKeysAsync(context, cancellationToken);
        var allowed = (await TenantPolicy.ReadAsync(context, cancellationToken)).AllowMgf1Sha1;
        FieldFailure? hopeless = null;
        if (keyId is { } named && !keys.Any(key => key.Id == named && key.PrivateKey is not null))
            hopeless = await context.Set<EncryptionKey>().AnyAsync(key => key.Id == named, cancellationToken) ? FieldFailure.RetiredKey : FieldFailure.CannotDecrypt;
        return await Task.Run<IReadOnlyList<TriedField>>(
            () => [.. ciphertexts.Select(ciphertext => Try(keys, hopeless is null ? keyId : null, ciphertext, hopeless, allowed))], cancellationToken);
    }

    private TriedField Try(IReadOnlyList<TenantKey> keys, Guid? keyId, string ciphertext, FieldFailure? hopeless, bool allowed)
    {
        var failure = CiphertextOpener.FindFault(ciphertext, keys, out var bytes) is null ? hopeless : FieldFailure.Malformed;
        // What cannot succeed is tried on junk of the right length: it takes as long.
        if (failure is not null)
            bytes = RandomNumberGenerator.GetBytes(keys[0].Length);
        var opened = opener.Open(keyId is { } id ? [.. keys.Where(key => key.Id == id)] : keys, bytes);
        if (failure is not null || opened is null)
        {
            opened?.Dispose();
            return new TriedField(null, failure ?? FieldFailure.CannotDecrypt, false);
        }

        var mgf1 = opened.Key.Padding == OaepPadding.Mgf1Sha1;
        if (!mgf1 || allowed)
            return new TriedField(opened, null, mgf1);
        opened.Dispose();
        return new TriedField(null, FieldFailure.WrongPadding, true);
    }
}
