using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Onboarding;

/// <summary>A tenant as the operator sees it.</summary>
/// <param name="Members">Active ones.</param>
public sealed record TenantView(Guid Id, string Name, int Members, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt);

/// <summary>Lists all tenants by name, for the operator's command line.</summary>
public sealed class ListTenants(ConsoleDb db)
{
    public async Task<IReadOnlyList<TenantView>> HandleAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var members = context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]);
        return await context.Set<Tenant>().OrderBy(tenant => tenant.NameKey)
            .Select(tenant => new TenantView(
                tenant.Id, tenant.Name, members.Count(member => member.TenantId == tenant.Id && member.DeactivatedAt == null), tenant.CreatedAt, tenant.ClosedAt))
            .ToListAsync(cancellationToken);
    }
}
