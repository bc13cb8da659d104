using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Policies;

/// <summary>The policy and what a change of it would touch.</summary>
/// <param name="Version">To be handed back with a change.</param>
/// <param name="MembersWithoutMfa">Whom requiring a second factor would send to set one up.</param>
/// <param name="Members">All active ones.</param>
/// <param name="ActorWithoutMfa">Whether the one who asks is among those without.</param>
public sealed record PolicyView(PolicySettings Settings, int Version, int MembersWithoutMfa, int Members, bool ActorWithoutMfa = false);

/// <summary>Reads the tenant's policy, for those who may change it.</summary>
public sealed class GetPolicy(ConsoleDb db, PermissionGuard guard)
{
    public async Task<Result<PolicyView>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManagePolicy, new AuditSubject(AuditResource.Policy, actor.TenantId, "Policy"), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var (settings, version) = await PolicyRows.ReadAsync(context, cancellationToken);
        var members = await context.Set<ConsoleUser>().Where(member => member.DeactivatedAt == null).GroupBy(member => member.TwoFactorEnabled)
            .Select(group => new { HasMfa = group.Key, Count = group.Count(), Own = group.Count(member => member.Id == actor.Id) }).ToListAsync(cancellationToken);
        return new PolicyView(
            settings,
            version,
            members.Where(group => !group.HasMfa).Sum(group => group.Count),
            members.Sum(group => group.Count),
            members.Exists(group => !group.HasMfa && group.Own > 0));
    }
}
