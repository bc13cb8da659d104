using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>
/// Puts a begun authenticator in force with its first code, in place of an earlier one. Returns the recovery codes, once. The code
/// counts as used: it cannot sign in as well. Ends the member's other sessions.
/// </summary>
public sealed class ConfirmMfaEnrolment(
    ConsoleDb db, PermissionGuard guard, AuditedTransactions transactions, TotpCodes codes, RecoveryCodes recovery, EmailQueue emails, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<Secret>>> HandleAsync(Secret code, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        if (await guard.CheckAsync(actor, Permission.SetUpMfa, subject, cancellationToken, AuditAction.MfaEnrol) is { } refusal)
            return refusal;
        var found = await FindAsync(code, actor, cancellationToken);
        if (!found.Succeeded)
            return found.Error;

        var begun = await transactions.BeginAsync(actor, Permission.SetUpMfa, AuditAction.MfaEnrol, subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        if (!await TryPutInForceAsync(transaction, found.Value, cancellationToken))
            return MfaErrors.NothingBegun;

        var made = await recovery.ReplaceAsync(transaction, actor.Id, cancellationToken);
        await SessionEnding.EndAsync(transaction, session => session.MemberId == actor.Id && session.Id != actor.SessionId, SessionEnd.MfaChanged, cancellationToken);
        transaction.Audit(AuditAction.MfaEnrol, subject, new AuditDetails().With(AuditField.Method, "authenticator app").With(AuditField.Count, made.Count));
        transaction.Announce(ChangeKind.Member, actor.Id);
        var to = await MfaRecipient.FindAsync(transaction.Db, actor.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(MfaEmails.TurnedOn(to.Email, to.Name, transaction.Now, actor.Origin.Ip));
        return made;
    }

    private async Task<Result<TotpClaim>> FindAsync(Secret code, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - BeginMfaEnrolment.Life;
        await using var context = db.Open(actor.TenantId);
        var pending = await context.Set<TotpCredential>().AsNoTracking()
            .SingleOrDefaultAsync(credential => credential.MemberId == actor.Id && !credential.Confirmed && credential.CreatedAt > since, cancellationToken);
        if (pending is null)
            return MfaErrors.NothingBegun;
        return codes.Find(pending, code, now) is { } claim ? claim : MfaErrors.WrongFirstCode.On("Code");
    }

    // Of several confirmations at once, the one that turns the row from begun to confirmed wins; the others find none.
    private static async Task<bool> TryPutInForceAsync(AuditedTransaction transaction, TotpClaim claim, CancellationToken cancellationToken)
    {
        var stamp = Base62.Random(32);
        await transaction.Db.Set<ConsoleUser>().Where(member => member.Id == transaction.Actor.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.TwoFactorEnabled, true).SetProperty(member => member.SecurityStamp, stamp), cancellationToken);
        await transaction.Db.Set<TotpCredential>().Where(credential => credential.MemberId == transaction.Actor.Id && credential.Confirmed && credential.Id != claim.CredentialId)
            .ExecuteDeleteAsync(cancellationToken);
        return await transaction.Db.Set<TotpCredential>().Where(credential => credential.Id == claim.CredentialId && !credential.Confirmed)
            .ExecuteUpdateAsync(set => set.SetProperty(credential => credential.Confirmed, true).SetProperty(credential => credential.LastStep, claim.Step), cancellationToken) == 1;
    }
}
