using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>
/// Decrypts the passwords and codes that a signed-in member's program sends to FinConsole itself, encrypted with the tenant's key as
/// FinCode's guide asks. What the policy does not allow is refused, and nothing that is refused here counts as a wrong guess.
/// </summary>
public sealed class DecryptOwnSecret(
    ConsoleDb db, PayloadOpener opener, PayloadLimiter limiter, OaepClients clients, PlaintextRule plaintext, PermissionGuard guard, WriteQueue queue,
    TimeProvider time)
{
    /// <summary>
    /// For fields that take plaintext too, where the policy does: what looks like a ciphertext is decrypted, all else is the secret itself.
    /// </summary>
    /// <param name="sent">As it came.</param>
    /// <param name="field">The field's name in the request, for the error.</param>
    /// <param name="permission">What the route needs.</param>
    /// <param name="actor">Who sends it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="typed">A person typed it into a form of this console, where plaintext is what is expected.</param>
    public async Task<Result<Secret>> ReadAsync(
        Secret sent, string field, Permission permission, Actor actor, CancellationToken cancellationToken, bool typed = false) =>
        CiphertextReading.LooksLikeCiphertext(sent.Reveal()) ? await DecryptAsync(sent.Reveal(), field, permission, actor, cancellationToken)
        : !typed && await plaintext.RefusesAsync(sent, actor.TenantId, cancellationToken) ? SignInErrors.EncryptionRequired.On(field)
        : sent;

    /// <summary>For fields that take no plaintext.</summary>
    /// <param name="ciphertext">In Base64.</param>
    /// <param name="field">The field's name in the request, for the error.</param>
    /// <param name="actor">Who sends it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Secret>> HandleAsync(string? ciphertext, string field, Actor actor, CancellationToken cancellationToken) =>
        DecryptAsync(ciphertext ?? "", field, Permission.UseOwnAccount, actor, cancellationToken);

    private async Task<Result<Secret>> DecryptAsync(
        string ciphertext, string field, Permission permission, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, permission, KeyFacts.AnySubject, cancellationToken) is { } refusal)
            return refusal;
        if (limiter.TryTake(actor.TenantId, 1) is { } wait)
            return SignInErrors.TooManyTries(wait);

        await using var context = db.Open(actor.TenantId);
        var tried = (await opener.TryAsync(context, null, [ciphertext], cancellationToken))[0];
        await clients.NoteAsync(OaepSending.ByMember(actor), [tried.Digests], cancellationToken);
        if (tried.Opened is not { } opened)
            return EncryptionKeyErrors.Of(tried).On(field);
        using (opened)
        {
            using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
            if (!await KeyUse.TryCountAsync(context, opened.Key.KeyId, 1, time.GetUtcNow(), cancellationToken))
                return EncryptionKeyErrors.NotOpened.On(field);
            return DecryptedField.TextOf(opened.Reveal()) is { } text ? text : EncryptionKeyErrors.NoText.On(field);
        }
    }
}
