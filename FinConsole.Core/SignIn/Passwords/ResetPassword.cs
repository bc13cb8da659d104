using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>Sets a new password with an emailed link. Ends every session of the member and lifts a lockout.</summary>
public sealed class ResetPassword(ConsoleDb db, OneTimeLinks links, NewPassword newPassword, AuditedTransactions transactions, EmailQueue emails)
{
    /// <summary>Whether the link can still be used, to say so before anybody thinks up a password.</summary>
    public async Task<bool> IsUsableAsync(Secret link, CancellationToken cancellationToken) =>
        await links.FindAsync(link, LinkPurpose.PasswordReset, cancellationToken) is not null;

    /// <summary>Whether the link is one for the account of this address. It never says which account it is for.</summary>
    public async Task<bool> IsForAsync(Secret link, string address, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(link, LinkPurpose.PasswordReset, cancellationToken) is not { } found)
            return false;
        await using var context = db.Open(found.TenantId);
        return await NewPassword.FindOwnerAsync(context, found.MemberId, cancellationToken) is { } owner && Emails.Normalize(owner.Email) == Emails.Normalize(address);
    }

    public async Task<Result> HandleAsync(Secret link, Secret password, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(link, LinkPurpose.PasswordReset, cancellationToken) is not { } found)
            return SignInErrors.LinkUsedUp;

        PasswordOwner? owner;
        await using (var context = db.Open(found.TenantId))
            owner = await NewPassword.FindOwnerAsync(context, found.MemberId, cancellationToken);
        if (owner is null)
            return SignInErrors.LinkUsedUp;

        var hashed = await newPassword.HashAsync(password, owner, cancellationToken);
        if (!hashed.Succeeded)
            return hashed.Error;

        var actor = new Actor(ActorKind.Account, found.TenantId, found.MemberId, owner.Email, null, origin);
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        if (!await OneTimeLinks.TrySpendAsync(transaction, found.Id, cancellationToken))
            return SignInErrors.LinkUsedUp;

        await NewPassword.SetAsync(transaction, found.MemberId, hashed.Value, cancellationToken);
        transaction.Audit(AuditAction.PasswordReset, new AuditSubject(AuditResource.Member, found.MemberId, owner.Email), new AuditDetails());
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(AccountEmails.PasswordChanged(owner.Email, owner.Name, transaction.Now, origin.Ip));
        return Result.Success;
    }
}
