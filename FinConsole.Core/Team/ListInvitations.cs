using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>Lists a tenant's pending invitations, the newest link first; those that have expired among them, until they are sent again or revoked.</summary>
public sealed class ListInvitations(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    /// <summary>More than anybody has open at once; those beyond appear as others end.</summary>
    public const int Most = 200;

    public async Task<Result<IReadOnlyList<InvitationView>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManageMembers, new AuditSubject(AuditResource.Invitation, null, "Invitations"), cancellationToken) is { } refusal)
            return refusal;

        var now = time.GetUtcNow();
        await using var context = db.Open(actor.TenantId);
        return await context.Set<Invitation>().AsNoTracking().Where(row => row.EndedAt == null)
            .OrderByDescending(row => row.SentAt).ThenByDescending(row => row.Id).Take(Most)
            .Select(row => new InvitationView(row.Id, row.Email, row.Name, row.Role, row.InvitedBy, row.SentAt, row.ExpiresAt, row.ExpiresAt <= now))
            .ToListAsync(cancellationToken);
    }
}
