using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;

namespace FinConsole.Core.UseCases;

/// <summary>Guards use cases that only read, and those that must refuse before they do costly work.</summary>
public sealed class PermissionGuard(ConsoleDb db, AuditedTransactions transactions, TimeProvider time)
{
    /// <summary>The refusal, or null for an actor who may. A refusal by right is written to the log under <paramref name="action"/>.</summary>
    public async Task<Error?> CheckAsync(Actor actor, Permission permission, AuditSubject subject, CancellationToken cancellationToken, AuditAction action = AuditAction.AccessRefused, Proof proof = Proof.Session)
    {
        Error? refusal;
        await using (var context = db.Open(actor.TenantId))
            refusal = await PermissionCheck.FindRefusalAsync(context, actor, permission, proof, time.GetUtcNow(), cancellationToken);

        if (refusal?.Kind == ErrorKind.Forbidden)
            await transactions.RefuseAsync(actor, permission, action, subject);

        return refusal;
    }
}
