using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>The current public key, in the formats that libraries read.</summary>
/// <param name="KeyId">The <c>kid</c>.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER, in Base64.</param>
/// <param name="Pem">The same between the lines of RFC 7468.</param>
/// <param name="Jwk">The same as a JSON Web Key (RFC 7517).</param>
public sealed record PublicKeyView(Guid KeyId, string PublicKey, string Pem, string Jwk, DateTimeOffset CreatedAt);

/// <summary>
/// Reads the key with which anybody of the tenant encrypts: every member, since passwords are sent so, and every token. What else
/// the page shows of keys is for those who may rotate them.
/// </summary>
public sealed class GetPublicKey(ConsoleDb db, PermissionGuard guard)
{
    public async Task<Result<PublicKeyView>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var permission = actor.Granted is null ? Permission.UseOwnAccount : Permission.ReadEncryptionKeys;
        if (await guard.CheckAsync(actor, permission, KeyFacts.AnySubject, cancellationToken) is { } refusal)
            return refusal;
        await using var context = db.Open(actor.TenantId);
        var key = await context.Set<EncryptionKey>().AsNoTracking().Where(row => row.EndedAt == null).Select(row => new { row.Id, row.PublicKey, row.CreatedAt })
            .SingleAsync(cancellationToken);
        return new PublicKeyView(
            key.Id, Convert.ToBase64String(key.PublicKey), PublicKeyFormats.ToPem(key.PublicKey), PublicKeyFormats.ToJwk(key.Id, key.PublicKey), key.CreatedAt);
    }
}
