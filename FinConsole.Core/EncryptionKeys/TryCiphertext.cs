using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>What became of a ciphertext that somebody pasted.</summary>
public enum TriedAnswer
{
    /// <summary>A key opens it, padded as the guide says.</summary>
    Opens,

    /// <summary>A key opens it, but the client used MGF1 with SHA-1.</summary>
    OpensWithMgf1Sha1,

    /// <summary>An older key's, or damaged: nobody can tell which.</summary>
    CannotBeOpened,

    /// <summary>The same, and whether MGF1-SHA-1 is the reason cannot be told either: this server has no OpenSSL.</summary>
    CannotTell,

    /// <summary>No Base64, or not as long as a ciphertext is.</summary>
    Malformed,
}

/// <param name="Key">What opened it, if anything did.</param>
/// <param name="Length">Of the plaintext, in bytes; the plaintext itself is never given.</param>
/// <param name="Fault">What is malformed about it.</param>
public sealed record TriedCiphertext(TriedAnswer Answer, OpeningKey? Key = null, int? Length = null, string? Fault = null);

/// <summary>
/// Says whether a ciphertext would be understood, for those who build a client. It is no use of a key: nothing is counted, and
/// nothing is logged, since nothing but a length becomes known.
/// </summary>
public sealed class TryCiphertext(ConsoleDb db, RightsGuard guard, CiphertextOpener opener, Mgf1Sha1Oaep mgf1Sha1)
{
    /// <summary>In characters; longer texts are malformed unread.</summary>
    public const int LongestText = Ciphertext.Longest;

    public async Task<Result<TriedCiphertext>> HandleAsync(string? ciphertext, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Right.ReadEncryptionKeys, KeyFacts.AnySubject, cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var keys = await opener.ReadKeysAsync(context, cancellationToken);
        if (CiphertextOpener.FindFault(ciphertext ?? "", keys, out var bytes) is { } fault)
            return new TriedCiphertext(TriedAnswer.Malformed, Fault: fault);

        using var opened = await Task.Run(() => opener.Open(keys, bytes), cancellationToken);
        if (opened is null)
            return new TriedCiphertext(mgf1Sha1.IsAvailable ? TriedAnswer.CannotBeOpened : TriedAnswer.CannotTell);
        var answer = opened.Key.Padding == OaepPadding.Mgf1Sha1 ? TriedAnswer.OpensWithMgf1Sha1 : TriedAnswer.Opens;
        return new TriedCiphertext(answer, opened.Key, opened.Length);
    }
}
