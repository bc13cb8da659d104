using System.Globalization;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory;

/// <summary>
/// Writes beside an attempt whether it was the account's owner. "Not me" also takes back what the attempt taught about the account:
/// the intruder's address and device are new again. The score stays what it was.
/// </summary>
public sealed class MarkLoginAttempt(AuditedTransactions transactions)
{
    /// <param name="attemptId">Which.</param>
    /// <param name="mark">Null takes the mark away.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result> HandleAsync(long attemptId, LoginMark? mark, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.AnnotateLoginHistory, AuditAction.LoginMark, AttemptSubject.Of(attemptId, null), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        var rows = transaction.Db.Set<LoginAttempt>().Where(row => row.Id == attemptId);
        if (await rows.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } attempt)
            return LoginHistoryErrors.NoSuchAttempt;
        if (attempt.MemberId is not { } memberId)
            return LoginHistoryErrors.NoAccount;
        // Whoever was faster with the same mark has said it; another mark is told from what it replaced.
        var marked = await rows.Where(row => row.Mark == attempt.Mark && row.Mark != mark).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Mark, mark).SetProperty(row => row.MarkedBy, mark == null ? null : actor.Name)
                .SetProperty(row => row.MarkedAt, mark == null ? (DateTimeOffset?)null : transaction.Now),
            cancellationToken);
        if (marked == 0)
            return Result.Success;

        if (mark == LoginMark.NotMe)
            await TraitLearning.ForgetAsync(transaction.Db, memberId, attemptId, cancellationToken);
        transaction.Audit(AuditAction.LoginMark, AttemptSubject.Of(attemptId, attempt.Account), new AuditDetails().Change(AuditField.Mark, attempt.Mark, mark));
        transaction.Announce(ChangeKind.LoginAttempt, actor.TenantId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}

/// <summary>How an attempt stands in the audit log.</summary>
internal static class AttemptSubject
{
    public static AuditSubject Of(long attemptId, string? account)
    {
        var number = attemptId.ToString(CultureInfo.InvariantCulture);
        return new AuditSubject(AuditResource.LoginHistory, null, account is null ? $"attempt {number}" : $"attempt {number} on {account}");
    }
}
