using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.Policies;

/// <summary>Changes the tenant's policy, after step-up. Somebody else's change meanwhile is not overwritten.</summary>
public sealed class UpdatePolicy(AuditedTransactions transactions, IEnumerable<IPolicyCondition> conditions)
{
    /// <param name="settings">All of them, changed or not.</param>
    /// <param name="version">Of the policy that the actor saw.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result> HandleAsync(PolicySettings settings, int version, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Policy, actor.TenantId, "Policy");
        var begun = await transactions.BeginAsync(actor, Permission.ManagePolicy, AuditAction.PolicyUpdate, subject, cancellationToken, Proof.Recent);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        if (PolicyRules.Check(settings) is { } fault)
            return fault;
        var before = await PolicyRows.LockAsync(transaction, cancellationToken);
        if (before.Version != version)
            return PolicyErrors.ChangedMeanwhile;
        var details = PolicyChange.Describe(before.Settings, settings);
        if (!details.HasChanges)
            return Result.Success;
        foreach (var condition in conditions)
        {
            if (await condition.CheckAsync(transaction.Db, before.Settings, settings, cancellationToken) is { } unmet)
                return unmet;
        }

        if (before.Settings.Sessions != settings.Sessions)
            details.With(AuditField.Sessions, await EndOverdueAsync(transaction, before.Settings.Sessions, settings.Sessions, cancellationToken));
        await PolicyRows.WriteAsync(transaction, settings, version, cancellationToken);
        transaction.Audit(AuditAction.PolicyUpdate, subject, details);
        transaction.Announce(ChangeKind.Policy, actor.TenantId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    // What the old limits have ended is marked as ended too: a session's row does not say so by itself, and longer limits would revive it.
    private static async Task<int> EndOverdueAsync(AuditedTransaction transaction, SessionLimits before, SessionLimits after, CancellationToken cancellationToken)
    {
        await SessionEnding.EndAsync(transaction, before.Over(transaction.Now), SessionEnd.LimitChanged, cancellationToken);
        return await SessionEnding.EndAsync(transaction, after.Over(transaction.Now), SessionEnd.LimitChanged, cancellationToken);
    }
}
