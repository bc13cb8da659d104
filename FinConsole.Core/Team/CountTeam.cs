using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>A tenant's people, counted.</summary>
/// <param name="WithoutMfa">Active members without a second factor.</param>
/// <param name="Pending">Invitations that wait for an answer; expired ones are not counted.</param>
public sealed record TeamCounts(int Active, int Admins, int WithoutMfa, int Deactivated, int Pending);

/// <summary>Counts a tenant's members and pending invitations.</summary>
public sealed class CountTeam(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public async Task<Result<TeamCounts>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManageMembers, new AuditSubject(AuditResource.Member, null, "Members"), cancellationToken) is { } refusal)
            return refusal;

        var now = time.GetUtcNow();
        await using var context = db.Open(actor.TenantId);
        var pending = await context.Set<Invitation>().CountAsync(row => row.EndedAt == null && row.ExpiresAt > now, cancellationToken);
        var counts = await context.Set<ConsoleUser>().GroupBy(_ => 1).Select(all => new TeamCounts(
            all.Count(member => member.DeactivatedAt == null),
            all.Count(member => member.DeactivatedAt == null && member.Role == Role.TenantAdmin),
            all.Count(member => member.DeactivatedAt == null && !member.TwoFactorEnabled),
            all.Count(member => member.DeactivatedAt != null),
            pending)).SingleOrDefaultAsync(cancellationToken);
        return counts ?? new TeamCounts(0, 0, 0, 0, pending);
    }
}
