using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>
/// Says which of the tenant's tokens a text is, from its SHA-256 alone: the text itself never leaves the browser. Another
/// tenant's token is none of ours.
/// </summary>
public sealed class IdentifyApiToken(ConsoleDb db, PermissionGuard guard, TokenLookup lookup, TimeProvider time)
{
    /// <param name="sha256">64 hex digits: SHA-256 of the token's text.</param>
    /// <returns>The token, <see cref="ApiTokenErrors.NotFound"/>, or a refusal.</returns>
    public async Task<Result<TokenView>> HandleAsync(string sha256, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadTokens, new AuditSubject(AuditResource.Token, null, "Identify"), cancellationToken) is { } refusal)
            return refusal;

        var hash = new byte[32];
        if (sha256.Length != 64 || Convert.FromHexString(sha256, hash, out _, out _) != System.Buffers.OperationStatus.Done)
            return Error.Invalid(new Dictionary<string, string> { ["Token"] = ApiTokenErrorTexts.NotAHash });

        var key = lookup.KeyOfHash(hash);
        await using var context = db.Open(actor.TenantId);
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        var found = await TokenViews.Project(context, context.Set<ApiToken>().AsNoTracking().Where(token => token.LookupKey == key), time.GetUtcNow(), policy.Rotation)
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? ApiTokenErrors.NotFound : found;
    }
}
