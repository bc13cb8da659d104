using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>Takes a pending invitation back; its link is dead at once.</summary>
public sealed class RevokeInvitation(TeamChanges changes)
{
    public async Task<Result> HandleAsync(Guid invitationId, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await changes.BeginAsync(actor, AuditAction.MemberInviteRevoke, new AuditSubject(AuditResource.Invitation, invitationId, "Invitation"), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;

        var which = transaction.Db.Set<Invitation>().Where(row => row.Id == invitationId);
        var email = await which.Select(row => row.Email).SingleOrDefaultAsync(cancellationToken);
        if (email is null || !await InvitationLinks.TryEndAsync(transaction, which, InvitationEnd.Revoked, cancellationToken))
            return TeamErrors.NoSuchInvitation;

        transaction.Audit(AuditAction.MemberInviteRevoke, new AuditSubject(AuditResource.Invitation, invitationId, email), new AuditDetails());
        transaction.Announce(ChangeKind.Member, invitationId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}
