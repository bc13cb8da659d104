using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>Gives a member another role. Their sessions end, so that no open page keeps rights of the old one.</summary>
public sealed class ChangeRole(TeamChanges changes)
{
    public async Task<Result> HandleAsync(Guid memberId, Role role, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await changes.BeginAsync(actor, AuditAction.MemberRoleChange, TeamChanges.Subject(memberId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (!Enum.IsDefined(role))
            return Error.Invalid(new Dictionary<string, string> { ["Role"] = TeamErrorTexts.ChooseRole });
        if (await TeamChanges.FindAsync(transaction.Db, memberId, cancellationToken) is not { } member)
            return TeamErrors.NoSuchMember;
        if (member.DeactivatedAt is not null)
            return TeamErrors.IsDeactivated;
        if (member.Role == role)
            return Result.Success;
        if (await TeamChanges.IsLastAdminAsync(transaction.Db, member, cancellationToken))
            return TeamErrors.LastAdmin;

        await transaction.Db.Set<ConsoleUser>().Where(row => row.Id == memberId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Role, role), cancellationToken);
        await SessionEnding.EndAsync(transaction, session => session.MemberId == memberId, SessionEnd.RoleChanged, cancellationToken);
        transaction.Audit(AuditAction.MemberRoleChange, TeamChanges.Subject(member), new AuditDetails().Change(AuditField.Role, member.Role, role));
        transaction.Announce(ChangeKind.Member, memberId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}
