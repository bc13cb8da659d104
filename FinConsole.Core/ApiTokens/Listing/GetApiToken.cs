using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>One token as it may be shown.</summary>
public sealed class GetApiToken(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public async Task<Result<TokenView>> HandleAsync(Guid tokenId, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadTokens, TokenRows.Subject(tokenId), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        var found = await TokenViews.Project(context, context.Set<ApiToken>().AsNoTracking().Where(token => token.Id == tokenId), time.GetUtcNow(), policy.Rotation)
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? ApiTokenErrors.NotFound : found;
    }
}
