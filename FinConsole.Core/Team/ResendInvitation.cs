using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>Mails a pending invitation again, under a new link that lives for seven days; the one before is dead at once.</summary>
public sealed class ResendInvitation(TeamChanges changes, InvitationLinks links, EmailQueue emails)
{
    public async Task<Result<NewInvitation>> HandleAsync(Guid invitationId, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await changes.BeginAsync(actor, AuditAction.MemberInviteResend, new AuditSubject(AuditResource.Invitation, invitationId, "Invitation"), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;

        var found = await transaction.Db.Set<Invitation>().Where(row => row.Id == invitationId)
            .Select(row => new { row.Email, row.Name, row.Role }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || await links.RenewAsync(transaction, invitationId, found.Email, cancellationToken) is not { } made)
            return TeamErrors.NoSuchInvitation;

        var (tenant, inviter) = await InviteMember.NamesAsync(transaction.Db, actor, cancellationToken);
        transaction.Audit(
            AuditAction.MemberInviteResend,
            new AuditSubject(AuditResource.Invitation, invitationId, found.Email),
            new AuditDetails().With(AuditField.ExpiresAt, made.ExpiresAt));
        transaction.Announce(ChangeKind.Member, invitationId);
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(TeamEmails.Invitation(found.Email, found.Name, tenant, inviter, found.Role, made.Link, made.ExpiresAt));
        return made;
    }
}
