using FinConsole.Core.ApiTokens;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ServiceTokens;

/// <summary>Which token a text is.</summary>
/// <param name="Masked">First eleven and last four characters.</param>
/// <param name="Name">The token's; null when it is none of this console's.</param>
/// <param name="Tenant">Whose; null for a service token, and for one that is not known.</param>
/// <param name="TenantClosed">Then it is refused whatever its status.</param>
/// <param name="CashierActive">False: then it is refused whatever its status.</param>
/// <param name="Status">Of a tenant's token.</param>
/// <param name="ServiceStatus">Of a service token.</param>
public sealed record IdentifiedToken(
    string Masked, TokenKind Kind, string? Name = null, string? Tenant = null, bool TenantClosed = false, bool CashierActive = true,
    TokenStatus? Status = null, ServiceTokenStatus? ServiceStatus = null);

/// <summary>Says whose token a text is, of all tenants' and the services': for the operator, to whom somebody reported a leaked one.</summary>
public sealed class IdentifyTokenForOperator(ConsoleDb db, TokenLookup lookup, TimeProvider time)
{
    /// <returns>Null for what is no token at all: its shape or its checksum is wrong.</returns>
    public async Task<IdentifiedToken?> HandleAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiTokenSecret.TryParse(text, out var secret))
            return null;
        var (key, now, unknown) = (lookup.KeyOf(secret!), time.GetUtcNow(), new IdentifiedToken($"{secret!.Prefix}…{secret.LastFour}", secret.Kind));
        await using var context = db.OpenForOperator();
        return secret.Kind == TokenKind.Service
            ? await FindServiceAsync(context, key, now, unknown, cancellationToken)
            : await FindTenantsAsync(context, key, now, unknown, cancellationToken);
    }

    private static async Task<IdentifiedToken> FindServiceAsync(ConsoleDbContext context, byte[] key, DateTimeOffset now, IdentifiedToken unknown, CancellationToken cancellationToken)
    {
        var found = await ListServiceTokens.Project(context.Set<ServiceToken>().Where(token => token.LookupKey == key), now).SingleOrDefaultAsync(cancellationToken);
        return found is null ? unknown : unknown with { Name = found.Name, ServiceStatus = found.Status };
    }

    private async Task<IdentifiedToken> FindTenantsAsync(ConsoleDbContext context, byte[] key, DateTimeOffset now, IdentifiedToken unknown, CancellationToken cancellationToken)
    {
        var row = await context.Set<ApiToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).AsNoTracking().SingleOrDefaultAsync(token => token.LookupKey == key, cancellationToken);
        if (row is null)
            return unknown;
        var tenant = await context.Set<Tenant>().AsNoTracking().SingleAsync(each => each.Id == row.TenantId, cancellationToken);
        await using var own = db.Open(row.TenantId);
        var cashierActive = await own.Set<Members.ConsoleUser>().AnyAsync(
            member => member.Id == row.CashierId && member.DeactivatedAt == null && member.Role == Members.Role.Cashier, cancellationToken);
        return unknown with { Name = row.Name, Tenant = tenant.Name, TenantClosed = tenant.ClosedAt is not null, CashierActive = cashierActive, Status = TokenStatusRule.Of(row, now) };
    }
}
