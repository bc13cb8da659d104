using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Email;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Profile;

/// <summary>
/// Mails a confirmation link to the address that the actor wants to sign in with. The old one stays in force until the link is
/// used, so that a typing error locks nobody out.
/// </summary>
public sealed class RequestEmailChange(
    ConsoleDb db, PasswordCheck passwords, AuditedTransactions transactions, PermissionGuard guard, OneTimeLinks links, EmailQueue emails, ConsoleAddress address)
{
    public static readonly TimeSpan LinkLife = TimeSpan.FromHours(1);

    public async Task<Result> HandleAsync(string newEmail, Secret password, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        if (await guard.CheckAsync(actor, Permission.UseOwnAccount, subject, cancellationToken, AuditAction.EmailChangeRequest) is { } refusal)
            return refusal;
        if (!Emails.IsValid(newEmail))
            return Error.Invalid(new Dictionary<string, string> { ["Email"] = InputTexts.EmailAddress });

        var member = await FindAsync(actor, cancellationToken);
        var proof = member.HasMfa ? Proof.Recent : Proof.Session;
        if (await guard.CheckAsync(actor, Permission.UseOwnAccount, subject, cancellationToken, AuditAction.EmailChangeRequest, proof) is { } unproven)
            return unproven;
        var canonical = Emails.Canonical(newEmail);
        if (canonical == member.Email)
            return ProfileErrors.SameEmail.On("Email");
        if (password.IsEmpty)
            return SignInErrors.PasswordNeeded.On("CurrentPassword");

        var confirmed = await passwords.CheckAsync(new PasswordQuestion(member.Email, password, SignInChannel.StepUp, actor.Origin, actor.TenantId), cancellationToken);
        if (!confirmed.Succeeded)
            return confirmed.Error.Kind == ErrorKind.Unauthenticated ? SignInErrors.WrongCurrentPassword.On("CurrentPassword") : confirmed.Error;

        var begun = await transactions.BeginAsync(actor, Permission.UseOwnAccount, AuditAction.EmailChangeRequest, subject, cancellationToken, proof);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (!await StillHoldsAsync(transaction, confirmed.Value, cancellationToken))
            return AccessErrors.SessionEnded;
        var secret = await links.IssueAsync(transaction, actor.Id, LinkPurpose.EmailChange, LinkLife, canonical, cancellationToken);
        transaction.Audit(AuditAction.EmailChangeRequest, subject, new AuditDetails().With(AuditField.Email, canonical));
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(AccountEmails.ConfirmEmail(canonical, member.Name, address.Of("/account/confirm-email", secret)));
        return Result.Success;
    }

    // Locks the member's row: a new password or a demanded one came before, and is seen here, or comes after, and spends the link.
    private static async Task<bool> StillHoldsAsync(AuditedTransaction transaction, CheckedMember member, CancellationToken cancellationToken) =>
        await transaction.Db.Set<ConsoleUser>().Where(row => row.Id == member.Id && row.SecurityStamp == member.Stamp)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SecurityStamp, row => row.SecurityStamp), cancellationToken) == 1;

    private async Task<(string Email, string Name, bool HasMfa)> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var context = db.Open(actor.TenantId);
        var found = await context.Set<ConsoleUser>().Where(member => member.Id == actor.Id)
            .Select(member => new { member.Email, member.DisplayName, member.TwoFactorEnabled }).SingleAsync(cancellationToken);
        return (found.Email!, found.DisplayName, found.TwoFactorEnabled);
    }
}
