using FinConsole.Core.Audit.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Verification;

/// <summary>Whose chain.</summary>
public sealed record ChainOwner(Guid TenantId, string Name);

/// <summary>Lists every chain of the installation, for the operator's command line: every tenant's, closed or not, the operator's own, and those that no tenant claims.</summary>
public sealed class ListChains(ConsoleDb db)
{
    public async Task<IReadOnlyList<ChainOwner>> HandleAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var owners = await context.Set<Tenant>().OrderBy(tenant => tenant.NameKey)
            .Select(tenant => new ChainOwner(tenant.Id, tenant.Name)).ToListAsync(cancellationToken);
        owners.Add(new ChainOwner(Tenant.Operator, OperatorChain.Name));
        var heads = await context.Set<AuditHead>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Select(head => head.TenantId).ToListAsync(cancellationToken);
        var known = owners.Select(owner => owner.TenantId).ToHashSet();
        owners.AddRange(heads.Where(id => !known.Contains(id)).Select(id => new ChainOwner(id, id.ToString("D"))));
        return owners;
    }
}
