using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Rotation;

/// <summary>What another rotation policy would do to live tokens.</summary>
/// <param name="Becoming">Those that would become overdue.</param>
/// <param name="Ceasing">Those that would no longer be.</param>
public sealed record RotationPreview(int Becoming, int Ceasing);

/// <summary>Says how many tokens another rotation policy would make overdue, before anybody saves it. Changes nothing.</summary>
public sealed class PreviewRotation(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public async Task<Result<RotationPreview>> HandleAsync(RotationPolicy proposed, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManagePolicy, new AuditSubject(AuditResource.Policy, actor.TenantId, "Policy"), cancellationToken) is { } refusal)
            return refusal;
        if (PolicyRules.Check(proposed) is { } fault)
            return fault;

        var now = time.GetUtcNow();
        await using var context = db.Open(actor.TenantId);
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        // Those that are being replaced already are nobody's worry: CountApiTokens leaves them out too.
        var tokens = context.Set<ApiToken>().Where(token => token.EndedAt == null && token.OverlapEndsAt == null).Where(TokenStatusRule.IsOneOf(TokenFilter.Live, now));
        var overdue = tokens.Where(TokenStatusRule.IsOverdue(policy.Rotation, now));
        var wouldBe = tokens.Where(TokenStatusRule.IsOverdue(proposed, now));
        var both = await overdue.Where(TokenStatusRule.IsOverdue(proposed, now)).CountAsync(cancellationToken);
        return new RotationPreview(await wouldBe.CountAsync(cancellationToken) - both, await overdue.CountAsync(cancellationToken) - both);
    }
}
