using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>What became of a ciphertext that somebody pasted.</summary>
public enum TriedOutcome
{
    /// <summary>A key opens it, padded as the guide says.</summary>
    Opens,

    /// <summary>It was made for a key that opens, with other digests; <see cref="OpeningKey.Digests"/> says with which.</summary>
    OtherDigests,

    /// <summary>An older key's, padded in a way that is not recognized, or damaged: nobody can tell which.</summary>
    CannotBeOpened,

    /// <summary>A key of that length was altered in the database, so that nobody can tell.</summary>
    KeyUnreadable,

    /// <summary>Not Base64, or not as long as a ciphertext is.</summary>
    Malformed,
}

/// <param name="Key">Whose ciphertext it is, if that can be told.</param>
/// <param name="Length">
/// Of the plaintext, in bytes; the plaintext itself is never given. Null for digests that the tenant does not allow: those are not decrypted.
/// </param>
/// <param name="Fault">What is malformed about it.</param>
/// <param name="Flaw">Why the plaintext may not be the text that its client meant.</param>
public sealed record TriedCiphertext(
    TriedOutcome Answer, OpeningKey? Key = null, int? Length = null, string? Fault = null, PlaintextFlaw? Flaw = null);

/// <summary>
/// Says whether a ciphertext would be understood, for those who build a client. It is no use of a key: nothing is counted, and
/// nothing is logged, since nothing but a length, and whether it is clean text, becomes known.
/// </summary>
public sealed class TryCiphertext(ConsoleDb db, PermissionGuard guard, CiphertextOpener opener)
{
    /// <summary>In characters; longer texts are malformed unread.</summary>
    public const int LongestText = CiphertextReading.Longest;

    public async Task<Result<TriedCiphertext>> HandleAsync(string? ciphertext, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadEncryptionKeys, KeyFacts.AnySubject, cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var keys = await opener.ReadKeysAsync(context, cancellationToken);
        var reading = CiphertextReading.Of(ciphertext ?? "", keys);
        if (reading.Error is { } fault)
            return new TriedCiphertext(TriedOutcome.Malformed, Fault: fault);

        var allowed = (await TenantPolicy.ReadAsync(context, cancellationToken)).AllowMgf1Sha1;
        var trial = await opener.OpenAsync(keys, reading.Bytes, allowed, null, cancellationToken);
        if (trial.Recognized is not { } key)
            return new TriedCiphertext(trial.KeyUnreadable ? TriedOutcome.KeyUnreadable : TriedOutcome.CannotBeOpened);
        using var opened = trial.Opened;
        var flaw = opened is null ? null : PlaintextFlaws.Find(opened.Reveal());
        var answer = key.Digests == OaepDigests.Standard ? TriedOutcome.Opens : TriedOutcome.OtherDigests;
        return new TriedCiphertext(answer, key, opened?.Length, Flaw: flaw);
    }
}
