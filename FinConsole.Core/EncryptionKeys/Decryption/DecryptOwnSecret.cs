using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>
/// Decrypts the passwords and codes that a member's own program sends to FinConsole itself, encrypted with the tenant's key as
/// FinCode's guide asks. Plaintext is refused, and so is what the policy does not allow.
/// </summary>
public sealed class DecryptOwnSecret(ConsoleDb db, PayloadOpener opener, PayloadLimiter limiter, Mgf1Clients clients, RightsGuard guard, WriteQueue queue, TimeProvider time)
{
    /// <param name="ciphertext">In Base64.</param>
    /// <param name="field">The field's name in the request, for the error.</param>
    /// <param name="actor">Who sends it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Secret>> HandleAsync(string? ciphertext, string field, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Right.UseOwnAccount, KeyFacts.AnySubject, cancellationToken) is { } refusal)
            return refusal;
        if (limiter.TryTake(actor.TenantId, 1) is { } wait)
            return SignInErrors.TooManyTries(wait);

        await using var context = db.Open(actor.TenantId);
        var tried = (await opener.TryAsync(context, null, [ciphertext ?? ""], cancellationToken))[0];
        await clients.NoteAsync(actor.TenantId, actor.Origin.UserAgent, tried.IsMgf1Sha1 ? 1 : 0, cancellationToken);
        if (tried.Opened is not { } opened)
            return EncryptionKeyErrors.Of(tried.Failure!.Value).On(field);
        using (opened)
        {
            using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
            if (!await KeyUse.TryCountAsync(context, opened.Key.KeyId, 1, time.GetUtcNow(), cancellationToken))
                return EncryptionKeyErrors.NotOpened.On(field);
            return DecryptedField.TextOf(opened.Reveal()) is { } text ? text : EncryptionKeyErrors.NoText.On(field);
        }
    }
}
