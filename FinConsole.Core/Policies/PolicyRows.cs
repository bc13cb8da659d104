using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Policies;

/// <summary>A policy's two rows: what every check of a right reads stands with the tenant, the rest in a row of its own.</summary>
internal static class PolicyRows
{
    /// <summary>What holds for the context's tenant, and its version.</summary>
    public static async Task<(PolicySettings Settings, int Version)> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        var tenant = await context.Set<Tenant>().Where(row => row.Id == context.TenantId)
            .Select(row => new { row.RequiresMfa, Sessions = new SessionLimits(row.SessionIdleMinutes, row.SessionHours) }).SingleAsync(cancellationToken);
        return (PolicySettings.Of(tenant.RequiresMfa, tenant.Sessions, policy), policy.Version);
    }

    /// <summary>Reads what holds, and keeps it so to the end of the transaction.</summary>
    public static async Task<(PolicySettings Settings, int Version)> LockAsync(AuditedTransaction transaction, CancellationToken cancellationToken)
    {
        // The tenant's row is there even where no policy was ever saved, so its lock is what two admins queue for.
        var tenantId = transaction.Actor.TenantId;
        await transaction.Db.Set<Tenant>().Where(tenant => tenant.Id == tenantId)
            .ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.RequiresMfa, tenant => tenant.RequiresMfa), cancellationToken);
        return await ReadAsync(transaction.Db, cancellationToken);
    }

    public static async Task WriteAsync(AuditedTransaction transaction, PolicySettings settings, int version, CancellationToken cancellationToken)
    {
        var tenantId = transaction.Actor.TenantId;
        await transaction.Db.Set<Tenant>().Where(tenant => tenant.Id == tenantId).ExecuteUpdateAsync(
            set => set.SetProperty(tenant => tenant.RequiresMfa, settings.RequireMfa)
                .SetProperty(tenant => tenant.SessionIdleMinutes, settings.Sessions.IdleMinutes)
                .SetProperty(tenant => tenant.SessionHours, settings.Sessions.Hours),
            cancellationToken);
        var policy = await transaction.Db.Set<TenantPolicy>().SingleOrDefaultAsync(cancellationToken);
        if (policy is null)
            transaction.Db.Add(policy = new TenantPolicy { TenantId = tenantId });
        (policy.DecryptOnlyHours, policy.PrivateKeyExport, policy.LoginHistoryDays) = (settings.DecryptOnlyHours, settings.PrivateKeyExport, settings.LoginHistoryDays);
        (policy.AllowMgf1Sha1, policy.RequireEncryptedSecrets) = (settings.AllowMgf1Sha1, settings.RequireEncryptedSecrets);
        (policy.Risk, policy.Rotation, policy.Version) = (settings.Risk, settings.Rotation, version + 1);
    }
}
