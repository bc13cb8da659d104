using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.Team;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Onboarding;

/// <summary>What ended with a tenant.</summary>
public sealed record ClosedTenant(string Name, int Sessions);

/// <summary>
/// Ends all access of a tenant at once: its people's sessions, emailed links and invitations; its tokens are refused from now on.
/// Its data and its audit log stay.
/// </summary>
public sealed class CloseTenant(ConsoleDb db, AuditedTransactions transactions)
{
    /// <param name="tenantName">In any letter case.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<ClosedTenant>> HandleAsync(string tenantName, CancellationToken cancellationToken)
    {
        if (PlainText.LineFault(tenantName, Tenant.LongestName) is not null)
            return OnboardingErrors.NoSuchTenant;
        Tenant? tenant;
        var key = TenantFounding.KeyOf(tenantName);
        await using (var context = db.OpenForOperator())
            tenant = await context.Set<Tenant>().AsNoTracking().SingleOrDefaultAsync(row => row.NameKey == key, cancellationToken);
        if (tenant is null)
            return OnboardingErrors.NoSuchTenant;

        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(tenant.Id, "command line"), cancellationToken);
        var closed = await transaction.Db.Set<Tenant>().Where(row => row.Id == tenant.Id && row.ClosedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, transaction.Now), cancellationToken);
        if (closed == 0)
            return OnboardingErrors.AlreadyClosed;

        await InvitationLinks.TryEndAsync(transaction, transaction.Db.Set<Invitation>(), InvitationEnd.TenantClosed, cancellationToken);
        await OneTimeLinks.SpendAllAsync(transaction, link => true, cancellationToken);
        var sessions = await SessionEnding.EndAsync(transaction, session => true, SessionEnd.TenantClosed, cancellationToken);
        transaction.Audit(AuditAction.TenantClose, new AuditSubject(AuditResource.Tenant, tenant.Id, tenant.Name), new AuditDetails().With(AuditField.Count, sessions));
        transaction.Announce(ChangeKind.Tenant, tenant.Id);
        await transaction.CommitAsync(cancellationToken);
        return new ClosedTenant(tenant.Name, sessions);
    }
}
