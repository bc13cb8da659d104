using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>Makes ten new recovery codes, shown once; the earlier ones stop working.</summary>
public sealed class RenewRecoveryCodes(AuditedTransactions transactions, RecoveryCodes recovery, EmailQueue emails)
{
    public async Task<Result<IReadOnlyList<Secret>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        var begun = await transactions.BeginAsync(actor, Permission.SetUpMfa, AuditAction.MfaRecoveryCodes, subject, cancellationToken, Proof.Recent);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        // Locks the member's row: two tabs that ask at once get their codes one after the other, and the later ones count.
        var on = await transaction.Db.Set<ConsoleUser>().Where(row => row.Id == actor.Id && row.TwoFactorEnabled)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TwoFactorEnabled, true), cancellationToken);
        if (on == 0)
            return MfaErrors.NotOn;

        var made = await recovery.ReplaceAsync(transaction, actor.Id, cancellationToken);
        transaction.Audit(AuditAction.MfaRecoveryCodes, subject, new AuditDetails().With(AuditField.Count, made.Count));
        transaction.Announce(ChangeKind.Member, actor.Id);
        var to = await MfaRecipient.FindAsync(transaction.Db, actor.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(MfaEmails.CodesRenewed(to.Email, to.Name, transaction.Now, actor.Origin.Ip));
        return made;
    }
}
