using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>Lets a deactivated member sign in again, with the role, password and second factor that they had. Tokens that act as the account are accepted again.</summary>
public sealed class ReactivateMember(TeamChanges changes)
{
    public async Task<Result> HandleAsync(Guid memberId, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await changes.BeginAsync(actor, AuditAction.MemberReactivate, TeamChanges.Subject(memberId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (await TeamChanges.FindAsync(transaction.Db, memberId, cancellationToken) is not { } member)
            return TeamErrors.NoSuchMember;
        if (member.DeactivatedAt is null)
            return Result.Success;

        await transaction.Db.Set<ConsoleUser>().Where(row => row.Id == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DeactivatedAt, (DateTimeOffset?)null), cancellationToken);
        transaction.Audit(AuditAction.MemberReactivate, TeamChanges.Subject(member), new AuditDetails().With(AuditField.Role, member.Role));
        transaction.Announce(ChangeKind.Member, memberId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}
