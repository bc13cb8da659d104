using System.Security.Cryptography;
using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>A tenant's current public key.</summary>
/// <param name="KeyId">The <c>kid</c>.</param>
/// <param name="Size">In bits.</param>
/// <param name="Fingerprint">SHA-256 of the SubjectPublicKeyInfo, in hex pairs.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER, in Base64: what fincode-api-connections decodes into an RSA PublicKey.</param>
public sealed record EncryptionKeyView(Guid KeyId, int Size, string Fingerprint, string PublicKey, DateTimeOffset CreatedAt);

/// <summary>Reads the key with which the tenant's servers encrypt sensitive fields.</summary>
public sealed class GetEncryptionKey(ConsoleDb db, RightsGuard guard)
{
    public async Task<Result<EncryptionKeyView>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Right.ReadEncryptionKeys, new AuditSubject(AuditResource.EncryptionKey, null, "Encryption key"), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var key = await context.Set<EncryptionKey>().AsNoTracking().Where(row => row.EndedAt == null)
            .OrderByDescending(row => row.CreatedAt)
            .Select(row => new { row.Id, row.Size, row.PublicKey, row.CreatedAt })
            .FirstAsync(cancellationToken);
        var fingerprint = Convert.ToHexString(SHA256.HashData(key.PublicKey)).Chunk(2).Select(pair => new string(pair));
        return new EncryptionKeyView(key.Id, key.Size, string.Join(':', fingerprint), Convert.ToBase64String(key.PublicKey), key.CreatedAt);
    }
}
