using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Profile;

/// <summary>Puts a confirmed address in force and tells the old one.</summary>
public sealed class ConfirmEmailChange(ConsoleDb db, OneTimeLinks links, AuditedTransactions transactions, EmailQueue emails)
{
    /// <summary>The address that the link would put in force; null when it can no longer be used.</summary>
    public async Task<string?> FindNewEmailAsync(Secret link, CancellationToken cancellationToken) =>
        (await links.FindAsync(link, LinkPurpose.EmailChange, cancellationToken))?.NewEmail;

    public async Task<Result> HandleAsync(Secret link, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(link, LinkPurpose.EmailChange, cancellationToken) is not { NewEmail: { } newEmail } found)
            return SignInErrors.LinkUsedUp;

        var before = await FindEmailAsync(found, cancellationToken);
        var actor = new Actor(ActorKind.Account, found.TenantId, found.MemberId, before, null, origin);
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        var member = await transaction.Db.Set<ConsoleUser>().SingleOrDefaultAsync(row => row.Id == found.MemberId && row.DeactivatedAt == null, cancellationToken);
        if (member is null || !await OneTimeLinks.TrySpendAsync(transaction, found.Id, cancellationToken))
            return SignInErrors.LinkUsedUp;

        // Links that reset the password went to the former address, which may be somebody else's by now.
        await OneTimeLinks.SpendAllAsync(transaction, link => link.MemberId == member.Id, cancellationToken);
        (member.Email, member.NormalizedEmail) = (newEmail, Emails.Normalize(newEmail));
        (member.UserName, member.NormalizedUserName) = (member.Email, member.NormalizedEmail);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return ProfileErrors.EmailTaken;

        transaction.Audit(AuditAction.EmailChange, new AuditSubject(AuditResource.Member, member.Id, newEmail), new AuditDetails().Change(AuditField.Email, before, newEmail));
        transaction.Announce(ChangeKind.Member, member.Id);
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(AccountEmails.EmailChanged(before, member.DisplayName, newEmail, transaction.Now));
        return Result.Success;
    }

    private async Task<string> FindEmailAsync(FoundLink link, CancellationToken cancellationToken)
    {
        await using var context = db.Open(link.TenantId);
        return (await context.Set<ConsoleUser>().Where(member => member.Id == link.MemberId).Select(member => member.Email).SingleAsync(cancellationToken))!;
    }
}
