using FinConsole.Core.AuditLog;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn;

/// <summary>Ends the actor's own session, a browser's or a program's. Signing out twice is no error and leaves one entry.</summary>
public sealed class SignOut(AuditedTransactions transactions, LoginRecorder recorder)
{
    public async Task HandleAsync(Actor actor, CancellationToken cancellationToken, SignInChannel way = SignInChannel.Console)
    {
        if (actor.SessionId is not { } sessionId)
            return;

        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        var ended = await SessionEnding.EndAsync(transaction, session => session.Id == sessionId && session.MemberId == actor.Id, SessionEnd.SignedOut, cancellationToken);
        if (ended == 0)
            return;

        transaction.Db.Add(recorder.Attempt(new AttemptedAccount(actor.TenantId, actor.Id, actor.Name), way, LoginOutcome.SignedOut, actor.Origin, sessionId));
        transaction.Audit(AuditAction.SessionEnd, new AuditSubject(AuditResource.Session, sessionId, actor.Name), new AuditDetails().With(AuditField.Reason, SessionEnd.SignedOut));
        await transaction.CommitAsync(cancellationToken);
    }
}
