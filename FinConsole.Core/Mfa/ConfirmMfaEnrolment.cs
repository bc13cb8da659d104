using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Mail;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>
/// Puts a begun authenticator in force with its first code, in place of an earlier one. Answers the recovery codes, once. The code
/// counts as used: it cannot sign in as well. Ends the member's other sessions.
/// </summary>
public sealed class ConfirmMfaEnrolment(AuditedTransactions transactions, TotpCodes codes, RecoveryCodes recovery, MailQueue mail)
{
    public async Task<Result<IReadOnlyList<Secret>>> HandleAsync(Secret code, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        var begun = await transactions.BeginAsync(actor, Right.SetUpMfa, AuditAction.MfaEnrol, subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        var since = transaction.Now - BeginMfaEnrolment.Life;
        var pending = await transaction.Db.Set<TotpCredential>().AsNoTracking()
            .SingleOrDefaultAsync(credential => credential.MemberId == actor.Id && !credential.Confirmed && credential.CreatedAt > since, cancellationToken);
        if (pending is null)
            return MfaErrors.NothingBegun;
        if (codes.FindStep(pending, code, transaction.Now) is not { } step)
            return MfaErrors.WrongFirstCode.On("Code");
        if (!await TryPutInForceAsync(transaction, pending.Id, step, cancellationToken))
            return MfaErrors.NothingBegun;

        var made = await recovery.ReplaceAsync(transaction, actor.Id, cancellationToken);
        await SessionEnding.EndAsync(transaction, session => session.MemberId == actor.Id && session.Id != actor.SessionId, SessionEnd.MfaChanged, cancellationToken);
        transaction.Audit(AuditAction.MfaEnrol, subject, new AuditDetails().With(AuditField.Method, "authenticator app").With(AuditField.Count, made.Count));
        transaction.Announce(ChangeKind.Member, actor.Id);
        var name = await transaction.Db.Set<ConsoleUser>().Where(member => member.Id == actor.Id).Select(member => member.DisplayName).SingleAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mail.Enqueue(MfaLetters.TurnedOn(actor.Name, name, transaction.Now, actor.Origin.Ip));
        return made;
    }

    // Of several confirmations at once, the one that turns the row from begun to confirmed wins; the others find none.
    private static async Task<bool> TryPutInForceAsync(AuditedTransaction transaction, Guid id, long step, CancellationToken cancellationToken)
    {
        var stamp = Base62.Random(32);
        await transaction.Db.Set<ConsoleUser>().Where(member => member.Id == transaction.Actor.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.TwoFactorEnabled, true).SetProperty(member => member.SecurityStamp, stamp), cancellationToken);
        await transaction.Db.Set<TotpCredential>().Where(credential => credential.MemberId == transaction.Actor.Id && credential.Confirmed && credential.Id != id)
            .ExecuteDeleteAsync(cancellationToken);
        return await transaction.Db.Set<TotpCredential>().Where(credential => credential.Id == id && !credential.Confirmed)
            .ExecuteUpdateAsync(set => set.SetProperty(credential => credential.Confirmed, true).SetProperty(credential => credential.LastStep, step), cancellationToken) == 1;
    }
}
