using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>
/// Begins changes of members, one at a time in each tenant: "never without an admin" is a rule about several rows, which no unique
/// index can hold. Two admins who demote each other at one moment come one after the other, and the second is an admin no more.
/// </summary>
public sealed class TeamChanges(AuditedTransactions transactions)
{
    internal async Task<Result<AuditedTransaction>> BeginAsync(Actor actor, AuditAction action, AuditSubject subject, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ManageMembers, action, subject, cancellationToken, Proof.Recent);
        if (!begun.Succeeded)
            return begun;

        var transaction = begun.Value;
        try
        {
            await HoldAsync(transaction.Db, actor.TenantId, cancellationToken);
            // What was true before the wait for the lock may be so no longer.
            var refusal = await PermissionCheck.FindRefusalAsync(transaction.Db, actor, Permission.ManageMembers, Proof.Recent, transaction.Now, cancellationToken);
            if (refusal is null)
                return transaction;
            await transaction.DisposeAsync();
            return refusal;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Holds the tenant's row to the end of the transaction: an update that changes nothing is the lock that all three databases share.</summary>
    internal static Task HoldAsync(ConsoleDbContext context, Guid tenantId, CancellationToken cancellationToken) =>
        context.Set<Tenant>().Where(tenant => tenant.Id == tenantId).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.ClosedAt, tenant => tenant.ClosedAt), cancellationToken);

    /// <summary>Whether the tenant would have no active admin without this member. Ask it with the tenant's row held.</summary>
    internal static async Task<bool> IsLastAdminAsync(ConsoleDbContext context, ConsoleUser member, CancellationToken cancellationToken) =>
        member is { Role: Role.TenantAdmin, DeactivatedAt: null }
        && !await context.Set<ConsoleUser>().AnyAsync(other => other.Id != member.Id && other.Role == Role.TenantAdmin && other.DeactivatedAt == null, cancellationToken);

    /// <summary>The member's row as it is now, with the tenant's row held.</summary>
    internal static Task<ConsoleUser?> FindAsync(ConsoleDbContext context, Guid memberId, CancellationToken cancellationToken) =>
        context.Set<ConsoleUser>().AsNoTracking().SingleOrDefaultAsync(member => member.Id == memberId, cancellationToken);

    internal static AuditSubject Subject(ConsoleUser member) => new(AuditResource.Member, member.Id, member.Email!);

    /// <summary>The subject of a refused attempt: the id as asked for, the name only if it is the tenant's.</summary>
    internal static AuditSubject Subject(Guid memberId) => new(AuditResource.Member, memberId, "Member");
}
