using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>A verified token as its own holder may see it.</summary>
public sealed record DescribedToken(
    Guid Id, string Name, string Masked, TokenEnvironment Environment, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt, Guid TenantId, string TenantName,
    Guid CashierId, string CashierEmail, DateTimeOffset? OverlapEndsAt)
{
    /// <summary>Whole days until it expires; 0 on its last.</summary>
    public int DaysLeft(DateTimeOffset now) => Math.Max(0, (int)(ExpiresAt - now).TotalDays);
}

/// <summary>Tells the holder of a token which one it is ("verify the new key works": finta-security-basics). Verified before: no right is asked for.</summary>
public sealed class DescribeToken(ConsoleDb db)
{
    /// <summary>Null when the token's row is gone.</summary>
    public async Task<DescribedToken?> HandleAsync(Guid tenantId, Guid tokenId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        return await (
            from token in context.Set<ApiToken>().AsNoTracking()
            join cashier in context.Set<ConsoleUser>() on token.CashierId equals cashier.Id
            join tenant in context.Set<Tenant>() on token.TenantId equals tenant.Id
            where token.Id == tokenId
            select new DescribedToken(
                token.Id, token.Name, token.Prefix + "…" + token.LastFour, token.Environment, TokenScopes.Split(token.Scopes), token.ExpiresAt, tenant.Id, tenant.Name,
                cashier.Id, cashier.Email!, token.OverlapEndsAt)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The token as the one who acts, for use cases and the audit log.</summary>
    /// <param name="granted">The rights that its scopes give.</param>
    public async Task<Actor> ActAsync(TokenEntry entry, IReadOnlySet<Permission> granted, RequestOrigin origin, CancellationToken cancellationToken)
    {
        await using var context = db.Open(entry.TenantId);
        var name = await context.Set<ApiToken>().Where(token => token.Id == entry.Id).Select(token => token.Name).SingleAsync(cancellationToken);
        return new Actor(ActorKind.Token, entry.TenantId, entry.Id, name, null, origin) { Granted = granted };
    }
}
