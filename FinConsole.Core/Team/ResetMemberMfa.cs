using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>
/// Removes the second factor of a member who lost it: by an admin, or by the operator where the last admin is the one who lost it.
/// Their sessions end, and they are told by email: whoever got an admin to do this may not be who they said.
/// </summary>
public sealed class ResetMemberMfa(ConsoleDb db, TeamChanges changes, AuditedTransactions transactions, EmailQueue emails)
{
    public async Task<Result> HandleAsync(Guid memberId, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await changes.BeginAsync(actor, AuditAction.MfaReset, TeamChanges.Subject(memberId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (memberId == actor.Id)
            return TeamErrors.OwnMfa;
        return await ResetAsync(transaction, memberId, cancellationToken);
    }

    /// <summary>For the operator's command line, which knows the address alone. Returns the member's tenant.</summary>
    public async Task<Result> HandleForOperatorAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = Emails.Normalize(email);
        await using var context = db.OpenForOperator();
        var found = await context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).Where(member => member.NormalizedEmail == normalized)
            .Select(member => new { member.Id, member.TenantId }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return TeamErrors.NoSuchMember;

        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(found.TenantId, "command line"), cancellationToken);
        await TeamChanges.HoldAsync(transaction.Db, found.TenantId, cancellationToken);
        return await ResetAsync(transaction, found.Id, cancellationToken);
    }

    private async Task<Result> ResetAsync(AuditedTransaction transaction, Guid memberId, CancellationToken cancellationToken)
    {
        if (await TeamChanges.FindAsync(transaction.Db, memberId, cancellationToken) is not { } member)
            return TeamErrors.NoSuchMember;
        if (!await MfaRemoval.RemoveAsync(transaction, memberId, cancellationToken))
            return TeamErrors.NoMfa;

        transaction.Audit(AuditAction.MfaReset, TeamChanges.Subject(member), new AuditDetails());
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(TeamEmails.MfaReset(member.Email!, member.DisplayName, transaction.Now));
        return Result.Success;
    }
}
