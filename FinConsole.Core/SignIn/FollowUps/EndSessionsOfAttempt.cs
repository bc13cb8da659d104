using System.Globalization;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn.FollowUps;

/// <summary>
/// From an attempt that was not its owner's: ends every session of the account, whoever sits behind them. The actor's own session goes
/// on, where the account is their own.
/// </summary>
public sealed class EndSessionsOfAttempt(AuditedTransactions transactions)
{
    /// <returns>How many sessions ended.</returns>
    public async Task<Result<int>> HandleAsync(long attemptId, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.LoginHistory, null, string.Create(CultureInfo.InvariantCulture, $"attempt {attemptId}"));
        var begun = await transactions.BeginAsync(actor, Permission.AnnotateLoginHistory, AuditAction.SessionEndByReviewer, subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        var owner = await AttemptOwner.FindAsync(transaction.Db, attemptId, cancellationToken);
        if (!owner.Succeeded)
            return owner.Error;

        var memberId = owner.Value.Id;
        var ended = await SessionEnding.EndAsync(
            transaction, session => session.MemberId == memberId && session.Id != actor.SessionId, SessionEnd.EndedByReviewer, cancellationToken);
        transaction.Audit(AuditAction.SessionEndByReviewer, owner.Value.Subject, new AuditDetails().With(AuditField.Sessions, ended));
        await transaction.CommitAsync(cancellationToken);
        return ended;
    }
}
