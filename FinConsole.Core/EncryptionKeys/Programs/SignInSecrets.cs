using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn.AccessTokens;

namespace FinConsole.Core.EncryptionKeys.Programs;

/// <summary>
/// Signs a program in whose password or code may come encrypted. Nobody is signed in yet, so neither the answer nor its time may tell
/// whose member an address is: the work depends on the ciphertext's length alone, and a ciphertext that does not open is answered like
/// a wrong password. It does not count as one.
/// </summary>
public sealed class SignInSecrets(
    ConsoleDb db, CiphertextOpener opener, SignInProgram signIn, Mgf1Clients clients, WriteQueue queue, TimeProvider time)
{
    /// <param name="email">As sent.</param>
    /// <param name="password">Plaintext or ciphertext.</param>
    /// <param name="code">Plaintext or ciphertext; empty for none.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IssuedAccess>> HandleAsync(
        string email, Secret password, Secret code, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var used = new List<(Guid Tenant, OpeningKey Key)>();
        var issued = await signIn.HandleAsync(email, password, code, origin, cancellationToken, OpenAsync);
        // A failure writes as much as that of any other sign-in.
        foreach (var use in issued.Succeeded ? used : [])
            await RecordAsync(use.Tenant, use.Key, origin, cancellationToken);
        return issued;

        async Task<Secret?> OpenAsync(Secret sent, Guid? tenantId, CancellationToken stop)
        {
            var (text, key) = await DecryptAsync(sent, tenantId, new TrialWork(), stop);
            if (key is not null && tenantId is { } tenant)
                used.Add((tenant, key));
            return text;
        }
    }

    /// <summary>
    /// The secret itself where it is not encrypted; null for a ciphertext that no key of the tenant opens, or whose plaintext is not text.
    /// </summary>
    /// <param name="sent">As it came.</param>
    /// <param name="tenantId">Whose member the address belongs to; null for nobody's.</param>
    /// <param name="work">Counts what is done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<(Secret? Text, OpeningKey? Key)> DecryptAsync(
        Secret sent, Guid? tenantId, TrialWork work, CancellationToken cancellationToken)
    {
        if (!CiphertextReading.LooksLikeCiphertext(sent.Reveal()))
            return (sent, null);
        await using var context = db.Open(tenantId ?? Guid.Empty);
        var keys = await opener.ReadKeysAsync(context, cancellationToken);
        var allowed = (await TenantPolicy.ReadAsync(context, cancellationToken)).AllowMgf1Sha1;
        var bytes = CiphertextForms.DecodeBase64(sent.Reveal()) ?? [];
        using var opened = await opener.OpenEvenlyAsync(keys, bytes, allowed, work, cancellationToken);
        return (opened is null ? null : DecryptedField.TextOf(opened.Reveal()), opened?.Key);
    }

    private async Task RecordAsync(Guid tenantId, OpeningKey key, RequestOrigin origin, CancellationToken cancellationToken)
    {
        await clients.NoteAsync(tenantId, origin.UserAgent, key.Digests == OaepDigests.Mgf1Sha1 ? 1 : 0, cancellationToken);
        await using var context = db.Open(tenantId);
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await KeyUse.TryCountAsync(context, key.KeyId, 1, time.GetUtcNow(), cancellationToken);
    }
}
