using System.Data.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Chain;

/// <summary>
/// The beginning of the operator's own log. Tenants get theirs when they are founded; nobody founds the operator, and the head's tag
/// needs the pepper, which no migration has: so every start and every command makes sure of it.
/// </summary>
public sealed class OperatorChain(ConsoleDb db, AuditChain chain)
{
    /// <summary>What lists of chains call it.</summary>
    public const string Name = "operator";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        if (await context.Set<AuditHead>().AnyAsync(cancellationToken))
            return;
        try
        {
            var (owner, origin) = (Tenant.Operator, AuditChain.Origin);
            context.Add(new AuditHead { TenantId = owner, Size = 0, Link = origin, Tag = chain.TagOfHead(owner, 0, origin) });
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && context.Dialect.IsUniqueViolation(inner))
        {
            // Another instance, or a command, started at the same moment.
        }
    }
}
