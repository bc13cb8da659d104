using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using FinConsole.Core.UseCases.Idempotency;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys;

/// <param name="KeyId">The key that the person sees as the current one, and means to end.</param>
/// <param name="Comment">Up to 500 characters; null for none.</param>
/// <param name="DecryptOnlyHours">For how long the old key goes on decrypting: 0 for not at all, up to what the policy allows.</param>
public sealed record RotateEncryptionKeyRequest(Guid KeyId, RotationReason Reason, string? Comment = null, int DecryptOnlyHours = 0);

/// <summary>
/// Makes a new pair and ends the one before it at once, its private part erased in the same transaction, unless the policy allows
/// and the person chooses a decrypt-only window. However many try at once, one succeeds: the old row is ended by compare-and-set,
/// and a unique index stands behind that.
/// </summary>
/// <remarks>Without a window, windows of still older keys close too: "the previous keys are immediately invalidated" (fincode-api-connections).</remarks>
public sealed class RotateEncryptionKey(ConsoleDb db, AuditedTransactions transactions, PermissionGuard guard, KeyPairs keyPairs)
{
    // Finding primes takes a core for a moment: one pair at a time, and none for those who come too late.
    private readonly SemaphoreSlim _making = new(1, 1);

    /// <summary>Returns the new key's id.</summary>
    public async Task<Result<Guid>> HandleAsync(RotateEncryptionKeyRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var attempted = KeyFacts.Subject(request.KeyId);
        if (await guard.CheckAsync(actor, Permission.RotateEncryptionKeys, attempted, cancellationToken, AuditAction.EncryptionKeyRotate, Proof.Recent) is { } refusal)
            return refusal;
        var comment = string.IsNullOrWhiteSpace(request.Comment) ? null : request.Comment.Trim();
        if (Validate(request, comment) is { Count: > 0 } faults)
            return Error.Invalid(faults);

        var made = await MakeAsync(request, actor, cancellationToken);
        if (!made.Succeeded)
            return made.Error;

        var begun = await transactions.BeginAsync(actor, Permission.RotateEncryptionKeys, AuditAction.EncryptionKeyRotate, attempted, cancellationToken, Proof.Recent);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        return await RotateAsync(transaction, request with { Comment = comment }, made.Value, cancellationToken);
    }

    private async Task<Result<EncryptionKey>> MakeAsync(RotateEncryptionKeyRequest request, Actor actor, CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            await using (var context = db.Open(actor.TenantId))
            {
                if (await FindEarlyRefusalAsync(context, request, cancellationToken) is { } hopeless)
                    return hopeless;
            }

            return await keyPairs.MakeAsync(actor.TenantId, actor.Name, cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    // Said before primes are looked for; what counts is the same question inside the transaction.
    private static async Task<Error?> FindEarlyRefusalAsync(ConsoleDbContext context, RotateEncryptionKeyRequest request, CancellationToken cancellationToken)
    {
        var key = await context.Set<EncryptionKey>().Where(row => row.Id == request.KeyId).Select(row => new { row.EndedAt }).SingleOrDefaultAsync(cancellationToken);
        if (key is null)
            return EncryptionKeyErrors.NotFound;
        return key.EndedAt is not null ? EncryptionKeyErrors.RotatedMeanwhile : await FindWindowFaultAsync(context, request, cancellationToken);
    }

    private static async Task<Error?> FindWindowFaultAsync(ConsoleDbContext context, RotateEncryptionKeyRequest request, CancellationToken cancellationToken)
    {
        var longest = (await TenantPolicy.ReadAsync(context, cancellationToken)).DecryptOnlyHours;
        if (request.DecryptOnlyHours <= longest)
            return null;
        var fault = longest == 0 ? EncryptionKeyErrorTexts.WindowNone : Texts.Format(EncryptionKeyErrorTexts.WindowMost, longest);
        return Error.Invalid(new Dictionary<string, string> { [nameof(request.DecryptOnlyHours)] = fault });
    }

    private static async Task<Result<Guid>> RotateAsync(
        AuditedTransaction transaction, RotateEncryptionKeyRequest request, EncryptionKey made, CancellationToken cancellationToken)
    {
        if (await FindWindowFaultAsync(transaction.Db, request, cancellationToken) is { } fault)
            return fault;
        if (!await TryEndAsync(transaction, request, cancellationToken))
            return EncryptionKeyErrors.RotatedMeanwhile;
        if (request.DecryptOnlyHours == 0)
            await EraseAsync(transaction, cancellationToken);
        transaction.Db.Add(made);
        await IdempotencyGuard.RememberAsync(transaction, made.Id, cancellationToken);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return EncryptionKeyErrors.RotatedMeanwhile;

        var details = new AuditDetails().With(AuditField.PreviousKey, request.KeyId.ToString()).With(AuditField.Fingerprint, KeyFacts.FingerprintOf(made.PublicKey))
            .With(AuditField.Size, made.Size).With(AuditField.Reason, request.Reason).With(AuditField.Comment, request.Comment)
            .With(AuditField.DecryptUntil, WindowEnd(request, transaction.Now));
        transaction.Audit(AuditAction.EncryptionKeyRotate, KeyFacts.Subject(made.Id), details);
        transaction.Announce(ChangeKind.EncryptionKey, made.Id);
        await transaction.CommitAsync(cancellationToken);
        return made.Id;
    }

    // The compare-and-set that lets one of many win.
    private static async Task<bool> TryEndAsync(AuditedTransaction transaction, RotateEncryptionKeyRequest request, CancellationToken cancellationToken)
    {
        var (now, by, until) = (transaction.Now, transaction.Actor.Name, WindowEnd(request, transaction.Now));
        return await transaction.Db.Set<EncryptionKey>().Where(key => key.Id == request.KeyId && key.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(key => key.EndedAt, now).SetProperty(key => key.EndedBy, by).SetProperty(key => key.EndReason, request.Reason)
                .SetProperty(key => key.EndComment, request.Comment).SetProperty(key => key.DecryptUntil, until),
            cancellationToken) == 1;
    }

    private static Task<int> EraseAsync(AuditedTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Db.Set<EncryptionKey>().Where(key => key.EndedAt != null && key.PrivateKey != null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.PrivateKey, (byte[]?)null), cancellationToken);

    private static DateTimeOffset? WindowEnd(RotateEncryptionKeyRequest request, DateTimeOffset now) =>
        request.DecryptOnlyHours == 0 ? null : now.AddHours(request.DecryptOnlyHours);

    private static Dictionary<string, string> Validate(RotateEncryptionKeyRequest request, string? comment)
    {
        var faults = new Dictionary<string, string>();
        if (!Enum.IsDefined(request.Reason))
            faults[nameof(request.Reason)] = InputTexts.Reason;
        if (comment?.Length > EncryptionKey.LongestComment)
            faults[nameof(request.Comment)] = Texts.Format(InputTexts.AtMost, EncryptionKey.LongestComment);
        else if (SecretText.IsIn(comment))
            faults[nameof(request.Comment)] = InputTexts.NoToken;
        else if (comment is not null && comment != PlainText.ForStorage(comment, EncryptionKey.LongestComment))
            faults[nameof(request.Comment)] = InputTexts.Visible;
        if (request.DecryptOnlyHours is < 0 or > TenantPolicy.LongestDecryptOnlyHours)
            faults[nameof(request.DecryptOnlyHours)] = Texts.Format(EncryptionKeyErrorTexts.WindowRange, TenantPolicy.LongestDecryptOnlyHours);
        else if (request is { Reason: RotationReason.Compromised, DecryptOnlyHours: > 0 })
            faults[nameof(request.DecryptOnlyHours)] = EncryptionKeyErrorTexts.Compromised;
        return faults;
    }
}
