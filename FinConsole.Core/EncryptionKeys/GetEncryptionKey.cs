using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>Reads the key with which the tenant's servers encrypt sensitive fields.</summary>
public sealed class GetEncryptionKey(ConsoleDb db, PermissionGuard guard)
{
    public async Task<Result<EncryptionKeyView>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadEncryptionKeys, KeyFacts.AnySubject, cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var key = await context.Set<EncryptionKey>().AsNoTracking().Where(row => row.EndedAt == null)
            .Select(row => new { row.Id, row.Size, row.PublicKey, row.CreatedAt, row.CreatedBy, row.UseCount, row.LastUsedAt })
            .SingleAsync(cancellationToken);
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        return new EncryptionKeyView(
            key.Id, key.Size, KeyFacts.FingerprintOf(key.PublicKey), Convert.ToBase64String(key.PublicKey), PublicKeyFormats.ToPem(key.PublicKey),
            PublicKeyFormats.ToJwk(key.Id, key.PublicKey), key.CreatedAt, key.CreatedBy, key.UseCount, key.LastUsedAt, policy.DecryptOnlyHours,
            policy.RotateEncryptionKeyDays, policy.PrivateKeyExport);
    }
}
