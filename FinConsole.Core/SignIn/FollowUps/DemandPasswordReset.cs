using System.Globalization;
using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.FollowUps;

/// <summary>
/// From an attempt that was not its owner's: the account's password signs in no more, whoever knows it, and its owner gets an email
/// with a link to choose a new one. Sessions are another matter (<see cref="EndSessionsOfAttempt"/>).
/// </summary>
public sealed class DemandPasswordReset(AuditedTransactions transactions, OneTimeLinks links, EmailQueue emails, ConsoleAddress address)
{
    public async Task<Result> HandleAsync(long attemptId, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.LoginHistory, null, string.Create(CultureInfo.InvariantCulture, $"attempt {attemptId}"));
        var begun = await transactions.BeginAsync(actor, Permission.AnnotateLoginHistory, AuditAction.PasswordResetDemand, subject, cancellationToken, Proof.Recent);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        var found = await AttemptOwner.FindAsync(transaction.Db, attemptId, cancellationToken);
        if (!found.Succeeded)
            return found.Error;
        var owner = found.Value;
        if (owner.Deactivated)
            return SignInErrors.AccountDeactivated;

        // A new stamp: a sign-in whose password was right a moment ago opens no session any more, and no challenge of before is answered.
        var stamp = Base62.Random(32);
        await transaction.Db.Set<ConsoleUser>().Where(member => member.Id == owner.Id).ExecuteUpdateAsync(
            set => set.SetProperty(member => member.MustResetPassword, true).SetProperty(member => member.SecurityStamp, stamp), cancellationToken);
        // Whoever knew the password may have asked for another address with it; the link is in their mailbox.
        await OneTimeLinks.SpendAllAsync(transaction, link => link.MemberId == owner.Id, cancellationToken);
        var secret = await links.IssueAsync(transaction, owner.Id, LinkPurpose.PasswordReset, RequestPasswordReset.LinkLife, null, cancellationToken);
        transaction.Audit(AuditAction.PasswordResetDemand, owner.Subject, new AuditDetails());
        transaction.Announce(ChangeKind.Member, owner.Id);
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(AccountEmails.PasswordResetDemanded(owner.Email, owner.Name, address.Of("/account/reset-password", secret)));
        return Result.Success;
    }
}
