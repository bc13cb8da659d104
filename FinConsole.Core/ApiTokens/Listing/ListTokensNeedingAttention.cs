using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>The live tokens that somebody should look at first: expiring, overdue for rotation, or acting as a deactivated cashier.</summary>
public sealed class ListTokensNeedingAttention(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public const int Most = 6;

    public async Task<Result<IReadOnlyList<TokenView>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadTokens, new AuditSubject(AuditResource.Token, null, "Tokens"), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        var gone = context.Set<ConsoleUser>().Where(member => member.DeactivatedAt != null || member.Role != Role.Cashier).Select(member => member.Id);
        var urgent = TokenFacts.Of(context.Set<ApiToken>().AsNoTracking(), time.GetUtcNow(), policy.Rotation)
            .Where(token => token.Token.EndedAt == null && token.Token.SuccessorId == null)
            .Where(token => token.Status == TokenStatus.Expiring || (token.Status == TokenStatus.Active && (token.Overdue || gone.Contains(token.Token.CashierId))))
            .OrderBy(token => token.Token.ExpiresAt).ThenBy(token => token.Token.Id).Take(Most);
        return await TokenViews.Project(context, urgent).ToListAsync(cancellationToken);
    }
}
