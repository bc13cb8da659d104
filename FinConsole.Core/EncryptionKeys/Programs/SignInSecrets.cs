using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Passwords;

namespace FinConsole.Core.EncryptionKeys.Programs;

/// <summary>
/// Signs a program in whose password or code may come encrypted. Nobody is signed in yet, so neither the answer nor its time may tell
/// whose member an address is: the work depends on the ciphertext's length alone, and a ciphertext that does not open is answered like
/// a wrong password. It does not count as one. Where the policy takes no plaintext, whoever sends the right password in plaintext is told
/// so, and nobody else.
/// </summary>
public sealed class SignInSecrets(
    ConsoleDb db, CiphertextOpener opener, SignInProgram signIn, OaepClients clients, PlaintextRule plaintext, WriteQueue queue, TimeProvider time)
{
    /// <param name="email">As sent.</param>
    /// <param name="password">Plaintext or ciphertext.</param>
    /// <param name="code">Plaintext or ciphertext; empty for none.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IssuedAccess>> HandleAsync(
        string email, Secret password, Secret code, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var (used, refused) = (new List<(Guid Tenant, OpeningKey Key)>(), new List<(Guid Tenant, OaepDigests Digests)>());
        var issued = await signIn.HandleAsync(email, password, code, origin, cancellationToken, OpenAsync);
        // A failure writes as much as that of any other sign-in.
        foreach (var use in issued.Succeeded ? used : [])
            await RecordAsync(use.Tenant, email, use.Key, origin, cancellationToken);
        foreach (var use in refused)
            clients.NoteLater(new OaepSending(use.Tenant, OaepSender.SignIn, origin.UserAgent, email, origin.Ip), use.Digests);
        return issued;

        async Task<OpenedSecret> OpenAsync(Secret sent, Guid? tenantId, CancellationToken stop)
        {
            var (opened, recognized) = await ReadAsync(sent, tenantId, new TrialWork(), stop);
            if (tenantId is not { } tenant || recognized is not { } key)
                return opened;
            if (opened.Text is not null)
                used.Add((tenant, key));
            else
                refused.Add((tenant, key.Digests));
            return opened;
        }
    }

    /// <summary>
    /// The secret itself where it is not encrypted; none for a ciphertext that no key of the tenant opens, or whose plaintext is not text.
    /// </summary>
    /// <param name="sent">As it came.</param>
    /// <param name="tenantId">Whose member the address belongs to; null for nobody's.</param>
    /// <param name="work">Counts what is done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>With the key that it was made for, where that and the digests were recognized.</returns>
    internal async Task<(OpenedSecret Secret, OpeningKey? Recognized)> ReadAsync(
        Secret sent, Guid? tenantId, TrialWork work, CancellationToken cancellationToken)
    {
        var owner = tenantId ?? Guid.Empty;
        if (!CiphertextReading.LooksLikeCiphertext(sent.Reveal()))
            return (new OpenedSecret(sent, await plaintext.RefusesAsync(sent, owner, cancellationToken)), null);
        await using var context = db.Open(owner);
        var keys = await opener.ReadKeysAsync(context, cancellationToken);
        var allowed = (await TenantPolicy.ReadAsync(context, cancellationToken)).AllowMgf1Sha1;
        var bytes = CiphertextForms.DecodeBase64(sent.Reveal()) ?? [];
        var trial = await opener.OpenEvenlyAsync(keys, bytes, allowed, work, cancellationToken);
        using var opened = trial.Opened;
        return (new OpenedSecret(opened is null ? null : DecryptedField.TextOf(opened.Reveal())), trial.Recognized);
    }

    private async Task RecordAsync(Guid tenantId, string email, OpeningKey key, RequestOrigin origin, CancellationToken cancellationToken)
    {
        await clients.NoteAsync(new OaepSending(tenantId, OaepSender.Member, origin.UserAgent, email, origin.Ip), [key.Digests], cancellationToken);
        await using var context = db.Open(tenantId);
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await KeyUse.TryCountAsync(context, key.KeyId, 1, time.GetUtcNow(), cancellationToken);
    }
}
