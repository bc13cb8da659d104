using FinConsole.Core.AuditLog;
using FinConsole.Core.Data;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>
/// Mails a link with which to choose a new password. The page answers before this has looked whether there is such an account,
/// so that neither the answer nor its time tells.
/// </summary>
public sealed class RequestPasswordReset(ConsoleDb db, AuditedTransactions transactions, OneTimeLinks links, EmailQueue emails, ConsoleAddress address)
{
    public static readonly TimeSpan LinkLife = TimeSpan.FromHours(1);

    // Somebody who asks in a loop for another's address sends them one email in this time, not hundreds.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    public async Task HandleAsync(string email, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await FindAsync(email, cancellationToken) is not { } member)
            return;

        var actor = new Actor(ActorKind.Account, member.TenantId, member.Id, member.Email, null, origin);
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        var since = transaction.Now - Pause;
        if (await transaction.Db.Set<OneTimeLink>().AnyAsync(
            link => link.MemberId == member.Id && link.Purpose == LinkPurpose.PasswordReset && link.SpentAt == null && link.CreatedAt > since, cancellationToken))
        {
            return;
        }

        var secret = await links.IssueAsync(transaction, member.Id, LinkPurpose.PasswordReset, LinkLife, null, cancellationToken);
        transaction.Audit(AuditAction.PasswordResetRequest, new AuditSubject(AuditResource.Member, member.Id, member.Email), new AuditDetails());
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(AccountEmails.PasswordReset(member.Email, member.Name, address.Of("/account/reset-password", secret)));
    }

    private async Task<Found?> FindAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = Emails.Normalize(email);
        await using var context = db.OpenForOperator();
        return await (
            from member in context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
            where member.NormalizedEmail == normalized && member.DeactivatedAt == null && tenant.ClosedAt == null
            select new Found(member.Id, member.TenantId, member.Email!, member.DisplayName)).SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Found(Guid Id, Guid TenantId, string Email, string Name);
}
