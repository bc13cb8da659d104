using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Core.UseCases;
using FinConsole.Core.UseCases.Idempotency;

namespace FinConsole.Core.EncryptionKeys.Programs;

/// <param name="Password">The member's own, encrypted with the tenant's current key, in Base64.</param>
/// <param name="Code">What their app shows, encrypted in the same way; null where they have none.</param>
public sealed record RotateKeyByProgramRequest(string? Password, string? Code);

/// <summary>
/// Rotates the keys for a member's program: who it is is confirmed as the console's step-up does, with what comes encrypted under the
/// very key that ends with it. The old one ends at once.
/// </summary>
public sealed class RotateKeyByProgram(IdempotencyGuard idempotency, PermissionGuard guard, DecryptOwnSecret decrypt, ConfirmIdentity confirm, GetPublicKey get, RotateEncryptionKey rotate)
{
    /// <summary>Returns the new key. A repeated <c>Idempotency-Key</c> answers what its first request made, as long as that is the current key.</summary>
    public async Task<Result<PublicKeyView>> HandleAsync(RotateKeyByProgramRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.RotateEncryptionKeys, KeyFacts.AnySubject, cancellationToken, AuditAction.EncryptionKeyRotate) is { } refusal)
            return refusal;
        var current = await get.HandleAsync(actor, cancellationToken);
        if (!current.Succeeded)
            return current.Error;

        var rotated = await idempotency.RunAsync(actor, () => RotateAsync(request, current.Value.KeyId, actor, cancellationToken), cancellationToken);
        if (!rotated.Succeeded && rotated.Error.SubjectId is null)
            return rotated.Error;
        var made = rotated.Succeeded ? rotated.Value : rotated.Error.SubjectId;
        current = await get.HandleAsync(actor, cancellationToken);
        return current.Succeeded && current.Value.KeyId != made ? EncryptionKeyErrors.RotatedMeanwhile : current;
    }

    private async Task<Result<Guid>> RotateAsync(RotateKeyByProgramRequest request, Guid keyId, Actor actor, CancellationToken cancellationToken)
    {
        var confirmed = await ConfirmAsync(request, actor, cancellationToken);
        if (!confirmed.Succeeded)
            return confirmed.Error;
        return await rotate.HandleAsync(new RotateEncryptionKeyRequest(keyId, RotationReason.Scheduled), actor, cancellationToken);
    }

    private async Task<Result> ConfirmAsync(RotateKeyByProgramRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var password = await decrypt.HandleAsync(request.Password, "Password", actor, cancellationToken);
        if (!password.Succeeded)
            return password.Error;
        var code = request.Code is null ? new Secret("") : await decrypt.HandleAsync(request.Code, "Totp", actor, cancellationToken);
        return code.Succeeded ? ProgramErrors.Of(await confirm.HandleAsync(password.Value, code.Value, actor, cancellationToken)) : code.Error;
    }
}
