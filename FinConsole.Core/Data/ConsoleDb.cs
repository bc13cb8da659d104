namespace FinConsole.Core.Data;

/// <summary>Opens contexts, one an operation, each with its tenant set: a pooled context carries nothing over from its last use.</summary>
public sealed class ConsoleDb(Func<ConsoleDbContext> pool)
{
    /// <summary>A context that shows one tenant's rows.</summary>
    public ConsoleDbContext Open(Guid tenantId)
    {
        var context = pool();
        context.TenantId = tenantId;
        return context;
    }

    /// <summary>
    /// A context that shows no tenant's rows unless a query says <c>IgnoreQueryFilters([ConsoleDbContext.TenantFilter])</c>:
    /// for signing in by address, sweeps, and the operator's command line.
    /// </summary>
    public ConsoleDbContext OpenForOperator() => Open(Tenants.Tenant.Operator);
}
