using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn.Sessions;

/// <summary>Ends one of the actor's own sessions; its open pages are cut off within a second.</summary>
public sealed class EndSession(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(Guid sessionId, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Session, sessionId, actor.Name);
        var begun = await transactions.BeginAsync(actor, Permission.UseOwnAccount, AuditAction.SessionEnd, subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        var ended = await SessionEnding.EndAsync(
            transaction, session => session.Id == sessionId && session.MemberId == actor.Id, SessionEnd.EndedByMember, cancellationToken);
        if (ended == 0)
            return SignInErrors.NoSuchSession;

        transaction.Audit(AuditAction.SessionEnd, subject, new AuditDetails().With(AuditField.Reason, SessionEnd.EndedByMember));
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}
