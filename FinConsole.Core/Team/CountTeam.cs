using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>A tenant's people, counted.</summary>
/// <param name="WithoutMfa">Active members without a second factor.</param>
/// <param name="Pending">Invitations whose link can still be accepted.</param>
/// <param name="Expired">Invitations whose link is dead, until they are sent again or revoked.</param>
public sealed record TeamCounts(int Active, int Admins, int WithoutMfa, int Deactivated, int Pending, int Expired);

/// <summary>Counts a tenant's members and pending invitations.</summary>
public sealed class CountTeam(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public async Task<Result<TeamCounts>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManageMembers, new AuditSubject(AuditResource.Member, null, "Members"), cancellationToken) is { } refusal)
            return refusal;

        var now = time.GetUtcNow();
        await using var context = db.Open(actor.TenantId);
        var open = context.Set<Invitation>().Where(row => row.EndedAt == null);
        var (pending, expired) = (await open.CountAsync(row => row.ExpiresAt > now, cancellationToken), await open.CountAsync(row => row.ExpiresAt <= now, cancellationToken));
        var counts = await context.Set<ConsoleUser>().GroupBy(_ => 1).Select(all => new TeamCounts(
            all.Count(member => member.DeactivatedAt == null),
            all.Count(member => member.DeactivatedAt == null && member.Role == Role.TenantAdmin),
            all.Count(member => member.DeactivatedAt == null && !member.TwoFactorEnabled),
            all.Count(member => member.DeactivatedAt != null),
            pending,
            expired)).SingleOrDefaultAsync(cancellationToken);
        return counts ?? new TeamCounts(0, 0, 0, 0, pending, expired);
    }
}
