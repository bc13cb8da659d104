using System.Security.Cryptography;
using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>The current private key, encrypted under a passphrase that the program does not keep.</summary>
/// <param name="Pem">"ENCRYPTED PRIVATE KEY": PKCS#8 under PBES2. As strong as its passphrase, and so treated as a secret.</param>
public sealed record ExportedPrivateKey(Guid KeyId, Secret Pem);

/// <summary>
/// Takes the private key out, for those who must decrypt elsewhere or keep it in escrow: an admin alone, just confirmed, unless the
/// policy forbids it. PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256 is what every OpenSSL since 1.0 reads.
/// </summary>
public sealed class ExportPrivateKey(ConsoleDb db, AuditedTransactions transactions, PermissionGuard guard, KeyPairs keyPairs)
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA-256.</summary>
    private const int Iterations = 600_000;

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations);

    // Six hundred thousand rounds are half a second of a core.
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async Task<Result<ExportedPrivateKey>> HandleAsync(Secret passphrase, Actor actor, CancellationToken cancellationToken)
    {
        // The confirmation is asked for below: nobody should give a password and a code to read that the passphrase is too short.
        if (await guard.CheckAsync(actor, Permission.ExportPrivateKey, KeyFacts.AnySubject, cancellationToken, AuditAction.EncryptionKeyExport) is { } refusal)
            return refusal;

        CurrentKey key;
        await using (var context = db.Open(actor.TenantId))
        {
            if (await EvaluateAsync(context, passphrase, actor, cancellationToken) is { } weak)
                return EncryptionKeyErrors.WeakPassphrase(weak).On("Passphrase");
            key = await context.Set<EncryptionKey>().Where(row => row.EndedAt == null)
                .Select(row => new CurrentKey(row.Id, row.PublicKey, row.PrivateKey!)).SingleAsync(cancellationToken);
        }

        using var opened = keyPairs.TryOpen(actor.TenantId, key.Id, key.PrivateKey);
        var begun = await transactions.BeginAsync(actor, Permission.ExportPrivateKey, AuditAction.EncryptionKeyExport, KeyFacts.Subject(key.Id), cancellationToken, Proof.Recent);
        if (!begun.Succeeded)
            return begun.Error;
        await using (var transaction = begun.Value)
        {
            if (await RecordAsync(transaction, key, opened is not null, cancellationToken) is { } refused)
                return refused;
        }

        return new ExportedPrivateKey(key.Id, await EncryptAsync(opened!, passphrase, cancellationToken));
    }

    /// <summary>What a passphrase must not be built from, for the form to evaluate it while one types.</summary>
    public async Task<PasswordOwner?> FindOwnerAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var context = db.Open(actor.TenantId);
        return await OwnerAsync(context, actor, cancellationToken);
    }

    private static async Task<string?> EvaluateAsync(ConsoleDbContext context, Secret passphrase, Actor actor, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(context, actor, cancellationToken) is not { } owner)
            return AccessErrors.SessionEnded.Message;
        // Somebody must be able to type it at OpenSSL's prompt: nothing invisible, no line break.
        return PasswordRules.Evaluate(passphrase, owner).Refusal ?? PlainText.LineFault(passphrase.Reveal(), PasswordRules.Longest);
    }

    // Nothing stands beside the passphrase of a file: a second factor does not make a short one good enough.
    private static async Task<PasswordOwner?> OwnerAsync(ConsoleDbContext context, Actor actor, CancellationToken cancellationToken) =>
        await NewPassword.FindOwnerAsync(context, actor.Id, cancellationToken) is { } owner ? owner with { HasMfa = false } : null;

    // Written before the key is encrypted for the way out: no file without its entry.
    private static async Task<Error?> RecordAsync(AuditedTransaction transaction, CurrentKey key, bool opens, CancellationToken cancellationToken)
    {
        if (!await transaction.Db.Set<EncryptionKey>().AnyAsync(row => row.Id == key.Id && row.EndedAt == null, cancellationToken))
            return EncryptionKeyErrors.RotatedMeanwhile;
        var allowed = (await TenantPolicy.ReadAsync(transaction.Db, cancellationToken)).PrivateKeyExport;
        var details = new AuditDetails().With(AuditField.Fingerprint, KeyFacts.FingerprintOf(key.PublicKey)).With(AuditField.PrivateKeyExport, allowed);
        transaction.Audit(AuditAction.EncryptionKeyExport, KeyFacts.Subject(key.Id), details, allowed && opens ? AuditResult.Success : AuditResult.Failure);
        await transaction.CommitAsync(cancellationToken);
        if (!allowed)
            return EncryptionKeyErrors.ExportForbidden;
        return opens ? null : EncryptionKeyErrors.Unreadable;
    }

    private async Task<Secret> EncryptAsync(RSA key, Secret passphrase, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () => new Secret(key.ExportEncryptedPkcs8PrivateKeyPem(passphrase.Reveal(), Encryption) + "\n"), cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private sealed record CurrentKey(Guid Id, byte[] PublicKey, byte[] PrivateKey);
}
