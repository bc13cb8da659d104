using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Policies;

/// <summary>Changes the tenant's policy, after step-up. Somebody else's change meanwhile is not overwritten.</summary>
public sealed class UpdatePolicy(AuditedTransactions transactions)
{
    /// <param name="settings">All of them, changed or not.</param>
    /// <param name="version">Of the policy that the actor saw.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result> HandleAsync(PolicySettings settings, int version, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Policy, actor.TenantId, "Policy");
        var begun = await transactions.BeginAsync(actor, Right.ManagePolicy, AuditAction.PolicyUpdate, subject, cancellationToken, Proof.Recent);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        if (settings.DecryptOnlyHours is < 0 or > TenantPolicy.LongestDecryptOnlyHours)
            return PolicyErrors.WindowOutOfRange;
        var before = await LockAsync(transaction, cancellationToken);
        if (before.Version != version)
            return PolicyErrors.ChangedMeanwhile;
        var details = new AuditDetails()
            .Change(AuditField.RequireMfa, before.Settings.RequireMfa, settings.RequireMfa)
            .Change(AuditField.DecryptOnlyHours, before.Settings.DecryptOnlyHours, settings.DecryptOnlyHours)
            .Change(AuditField.PrivateKeyExport, before.Settings.PrivateKeyExport, settings.PrivateKeyExport);
        if (!details.HasChanges)
            return Result.Success;

        await WriteAsync(transaction, settings, version, cancellationToken);
        transaction.Audit(AuditAction.PolicyUpdate, subject, details);
        transaction.Announce(ChangeKind.Policy, actor.TenantId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    // The tenant's row is there even where no policy was ever saved, so its lock is what two admins queue for.
    private static async Task<(PolicySettings Settings, int Version)> LockAsync(AuditedTransaction transaction, CancellationToken cancellationToken)
    {
        var tenantId = transaction.Actor.TenantId;
        var tenants = transaction.Db.Set<Tenant>().Where(tenant => tenant.Id == tenantId);
        await tenants.ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.RequiresMfa, tenant => tenant.RequiresMfa), cancellationToken);
        var requires = await tenants.Select(tenant => tenant.RequiresMfa).SingleAsync(cancellationToken);
        var policy = await TenantPolicy.ReadAsync(transaction.Db, cancellationToken);
        return (new PolicySettings(requires, policy.DecryptOnlyHours, policy.PrivateKeyExport), policy.Version);
    }

    private static async Task WriteAsync(AuditedTransaction transaction, PolicySettings settings, int version, CancellationToken cancellationToken)
    {
        var tenantId = transaction.Actor.TenantId;
        await transaction.Db.Set<Tenant>().Where(tenant => tenant.Id == tenantId)
            .ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.RequiresMfa, settings.RequireMfa), cancellationToken);
        var policy = await transaction.Db.Set<TenantPolicy>().SingleOrDefaultAsync(cancellationToken);
        if (policy is null)
            transaction.Db.Add(policy = new TenantPolicy { TenantId = tenantId });
        (policy.DecryptOnlyHours, policy.PrivateKeyExport, policy.Version) = (settings.DecryptOnlyHours, settings.PrivateKeyExport, version + 1);
    }
}
