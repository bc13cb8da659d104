using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>A live token and what it has to do with a member.</summary>
/// <param name="Made">They created it, and saw its secret then.</param>
/// <param name="Holds">They keep its secret.</param>
/// <param name="ActsAs">It acts as their account: refused as soon as that is deactivated.</param>
public sealed record MemberToken(TokenView Token, bool Made, bool Holds, bool ActsAs);

/// <summary>Lists the live tokens that a member made, holds, or is the cashier of: what to think of when they leave.</summary>
public sealed class ListTokensOfMember(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    /// <summary>More than a dialog can show.</summary>
    public const int Most = 200;

    public async Task<Result<IReadOnlyList<MemberToken>>> HandleAsync(Guid memberId, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadTokens, new AuditSubject(AuditResource.Token, null, "Tokens"), cancellationToken) is { } refusal)
            return refusal;

        var now = time.GetUtcNow();
        await using var context = db.Open(actor.TenantId);
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        var theirs = context.Set<ApiToken>().AsNoTracking()
            .Where(token => token.CreatedById == memberId || token.HolderMemberId == memberId || token.CashierId == memberId)
            .Where(TokenStatusRule.IsOneOf(TokenFilter.Live, now))
            .OrderBy(token => token.NameKey).ThenBy(token => token.Id).Take(Most);
        var views = await TokenViews.Project(context, theirs, now, policy.Rotation).ToListAsync(cancellationToken);
        return views.OrderBy(view => view.Name, StringComparer.OrdinalIgnoreCase)
            .Select(view => new MemberToken(view, view.CreatedById == memberId, view.HolderMemberId == memberId, view.CashierId == memberId)).ToList();
    }
}
