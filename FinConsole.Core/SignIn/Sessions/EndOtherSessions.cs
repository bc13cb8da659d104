using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn.Sessions;

/// <summary>Ends all of the actor's sessions but the one that asks. Returns how many there were.</summary>
public sealed class EndOtherSessions(AuditedTransactions transactions)
{
    public async Task<Result<int>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        var begun = await transactions.BeginAsync(actor, Permission.UseOwnAccount, AuditAction.SessionEndOthers, subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        var ended = await SessionEnding.EndAsync(
            transaction, session => session.MemberId == actor.Id && session.Id != actor.SessionId, SessionEnd.EndedByMember, cancellationToken);
        transaction.Audit(AuditAction.SessionEndOthers, subject, new AuditDetails().With(AuditField.Count, ended));
        await transaction.CommitAsync(cancellationToken);
        return ended;
    }
}
