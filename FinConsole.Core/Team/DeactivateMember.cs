using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>
/// Takes a member's access away: sessions end at once, emailed links are dead, tokens that act as this account are refused. What
/// they made stays, and so does the account, to be reactivated.
/// </summary>
public sealed class DeactivateMember(TeamChanges changes)
{
    private const int StampLength = 32;

    public async Task<Result> HandleAsync(Guid memberId, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await changes.BeginAsync(actor, AuditAction.MemberDeactivate, TeamChanges.Subject(memberId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (await TeamChanges.FindAsync(transaction.Db, memberId, cancellationToken) is not { } member)
            return TeamErrors.NoSuchMember;
        if (member.DeactivatedAt is not null)
            return Result.Success;
        if (await TeamChanges.IsLastAdminAsync(transaction.Db, member, cancellationToken))
            return TeamErrors.LastAdmin;

        // A new stamp: a sign-in that is half done must not be completed after a reactivation.
        var stamp = Base62.Random(StampLength);
        await transaction.Db.Set<ConsoleUser>().Where(row => row.Id == memberId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DeactivatedAt, transaction.Now).SetProperty(row => row.SecurityStamp, stamp), cancellationToken);
        await OneTimeLinks.SpendAllAsync(transaction, link => link.MemberId == memberId, cancellationToken);
        var ended = await SessionEnding.EndAsync(transaction, session => session.MemberId == memberId, SessionEnd.Deactivated, cancellationToken);
        transaction.Audit(AuditAction.MemberDeactivate, TeamChanges.Subject(member), new AuditDetails().With(AuditField.Count, ended));
        transaction.Announce(ChangeKind.Member, memberId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}
