using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens;

/// <summary>The live tokens that somebody should look at first: expiring, overdue for rotation, or acting as a deactivated cashier.</summary>
public sealed class ListTokensNeedingAttention(ConsoleDb db, RightsGuard guard, TimeProvider time)
{
    public const int Most = 6;

    public async Task<Result<IReadOnlyList<TokenView>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Right.ReadTokens, new AuditSubject(AuditResource.Token, null, "Tokens"), cancellationToken) is { } refusal)
            return refusal;

        var now = time.GetUtcNow();
        var policy = RotationPolicy.Default;
        var (development, staging, production) = (now.AddDays(-policy.DevelopmentDays), now.AddDays(-policy.StagingDays), now.AddDays(-policy.ProductionDays));
        await using var context = db.Open(actor.TenantId);
        var gone = context.Set<ConsoleUser>().Where(member => member.DeactivatedAt != null).Select(member => member.Id);
        var overdueOrOrphaned = TokenStatusRule.IsOneOf([TokenStatus.Active], now).And(token =>
            gone.Contains(token.CashierId)
            || token.CreatedAt <= (token.Environment == TokenEnvironment.Production ? production : token.Environment == TokenEnvironment.Staging ? staging : development));
        var urgent = context.Set<ApiToken>().AsNoTracking()
            .Where(token => token.EndedAt == null && token.SuccessorId == null)
            .Where(TokenStatusRule.IsOneOf([TokenStatus.Expiring], now).Or(overdueOrOrphaned))
            .OrderBy(token => token.ExpiresAt).ThenBy(token => token.Id).Take(Most);
        return await TokenViews.Project(context, urgent, now, policy).ToListAsync(cancellationToken);
    }
}
