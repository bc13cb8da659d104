using System.Security.Cryptography;
using FinConsole.Core.Data;
using FinConsole.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>One field after the keys were tried on it: opened, or why not.</summary>
/// <param name="Digests">What it was padded with, where that was recognized.</param>
/// <param name="Form">What a malformed field looks like.</param>
/// <param name="Work">What was done for it.</param>
internal readonly record struct TriedField(OpenedCiphertext? Opened, FieldFailure? Failure, OaepDigests? Digests, CiphertextForm? Form, TrialWork Work)
{
    public DecryptedField ToFailure() =>
        DecryptedField.Failed(Failure ?? FieldFailure.CannotDecrypt, Failure == FieldFailure.WrongPadding ? Digests : null, Form);
}

/// <summary>
/// Tries a tenant's keys on the fields of a payload. A field that fails costs the same trials whatever was wrong with it, also where
/// that was plain to see: neither the answer's time nor its size helps anybody who asks with forged ciphertexts.
/// </summary>
public sealed class PayloadOpener(CiphertextOpener opener)
{
    /// <param name="context">Of the tenant.</param>
    /// <param name="keyId">The key that the caller names; null tries all that still decrypt.</param>
    /// <param name="ciphertexts">In Base64.</param>
    /// <param name="cancellationToken">Stops before the next trial.</param>
    internal async Task<IReadOnlyList<TriedField>> TryAsync(
        ConsoleDbContext context, Guid? keyId, IReadOnlyList<string> ciphertexts, CancellationToken cancellationToken)
    {
        var keys = await opener.ReadKeysAsync(context, cancellationToken);
        var allowed = (await TenantPolicy.ReadAsync(context, cancellationToken)).AllowMgf1Sha1;
        FieldFailure? hopeless = null;
        var tried = keys;
        if (keyId is { } named)
        {
            var usable = keys.Where(key => key.Id == named && key.PrivateKey is not null).ToList();
            if (usable.Count == 0)
            {
                var known = await context.Set<EncryptionKey>().AnyAsync(key => key.Id == named, cancellationToken);
                hopeless = known ? FieldFailure.RetiredKey : FieldFailure.CannotDecrypt;
            }

            // One key is tried, also in place of one that is not there.
            tried = usable.Count == 0 ? [keys[0]] : usable;
        }

        var fields = new List<TriedField>();
        foreach (var ciphertext in ciphertexts)
            fields.Add(await TryAsync(keys, tried, ciphertext, hopeless, allowed, cancellationToken));
        return fields;
    }

    private async Task<TriedField> TryAsync(
        IReadOnlyList<TenantKey> all, IReadOnlyList<TenantKey> tried, string ciphertext, FieldFailure? hopeless, bool allowed,
        CancellationToken cancellationToken)
    {
        var reading = CiphertextReading.Of(ciphertext, all);
        var failure = reading.Error is null ? hopeless : FieldFailure.Malformed;
        // What cannot succeed is tried on junk of the right length, which takes as long: so is what no usable key is as long as.
        var isTriable = failure is null && tried.Any(key => key.PrivateKey is not null && key.Length == reading.Bytes.Length);
        var bytes = isTriable ? reading.Bytes : RandomNumberGenerator.GetBytes(tried[0].Length);
        var work = new TrialWork();
        var trial = await opener.OpenAsync(tried, bytes, allowed, work, cancellationToken);
        if (failure is not null)
        {
            trial.Opened?.Dispose();
            return new TriedField(null, failure, null, reading.Form, work);
        }

        if (trial.Opened is { } opened)
            return new TriedField(opened, null, opened.Key.Digests, null, work);
        var digests = trial.Recognized?.Digests;
        return new TriedField(null, digests is null ? FieldFailure.CannotDecrypt : FieldFailure.WrongPadding, digests, null, work);
    }
}
