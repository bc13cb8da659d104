using FinConsole.Core.AuditLog;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn.Sessions;

/// <summary>
/// Ends the session in which somebody was signed in when they, or somebody else, signed in anew in the same browser: its cookie is
/// overwritten, and nobody could sign it out any more. Ending it twice is no error and leaves one entry.
/// </summary>
public sealed class EndReplacedSession(AuditedTransactions transactions)
{
    /// <param name="actor">Whose session it was, perhaps in another tenant than that of the new one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.SessionId is not { } sessionId)
            return;

        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        var ended = await SessionEnding.EndAsync(
            transaction, session => session.Id == sessionId && session.MemberId == actor.Id, SessionEnd.Replaced, cancellationToken);
        if (ended == 0)
            return;

        var subject = new AuditSubject(AuditResource.Session, sessionId, actor.Name);
        transaction.Audit(AuditAction.SessionEnd, subject, new AuditDetails().With(AuditField.Reason, SessionEnd.Replaced));
        await transaction.CommitAsync(cancellationToken);
    }
}
