using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Email;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>Changes the actor's own password, given the current one. Ends the actor's other sessions.</summary>
public sealed class ChangePassword(ConsoleDb db, PasswordCheck passwords, NewPassword newPassword, AuditedTransactions transactions, PermissionGuard guard, EmailQueue emails)
{
    /// <summary>How strong a password would be for this actor, for the meter.</summary>
    public async Task<PasswordOwner?> FindOwnerAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var context = db.Open(actor.TenantId);
        return await NewPassword.FindOwnerAsync(context, actor.Id, cancellationToken);
    }

    public async Task<Result> HandleAsync(Secret current, Secret password, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        if (await guard.CheckAsync(actor, Permission.UseOwnAccount, subject, cancellationToken, AuditAction.PasswordChange) is { } refusal)
            return refusal;
        if (await FindOwnerAsync(actor, cancellationToken) is not { } owner)
            return AccessErrors.SessionEnded;
        // With a second factor in force the password alone shows too little; without one, the current password asked for here is all there is.
        var proof = owner.HasMfa ? Proof.Recent : Proof.Session;
        if (await guard.CheckAsync(actor, Permission.UseOwnAccount, subject, cancellationToken, AuditAction.PasswordChange, proof) is { } unproven)
            return unproven;
        if (PasswordRules.Evaluate(password, owner).Refusal is { } why)
            return SignInErrors.WeakPassword(why).On(nameof(NewPassword));
        if (current.IsEmpty)
            return SignInErrors.PasswordNeeded.On("CurrentPassword");

        var question = new PasswordQuestion(owner.Email, current, SignInChannel.StepUp, actor.Origin, actor.TenantId);
        var confirmed = await passwords.CheckAsync(question, cancellationToken);
        if (!confirmed.Succeeded)
            return confirmed.Error.Kind == ErrorKind.Unauthenticated ? SignInErrors.WrongCurrentPassword.On("CurrentPassword") : confirmed.Error;
        if (password.Equals(current))
            return SignInErrors.SamePassword.On(nameof(NewPassword));

        var hashed = await newPassword.HashAsync(password, owner, cancellationToken);
        if (!hashed.Succeeded)
            return hashed.Error;

        var begun = await transactions.BeginAsync(actor, Permission.UseOwnAccount, AuditAction.PasswordChange, subject, cancellationToken, proof);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        await NewPassword.SetAsync(transaction, actor.Id, hashed.Value, cancellationToken);
        transaction.Audit(AuditAction.PasswordChange, subject, new AuditDetails());
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(AccountEmails.PasswordChanged(owner.Email, owner.Name, transaction.Now, actor.Origin.Ip));
        return Result.Success;
    }
}
