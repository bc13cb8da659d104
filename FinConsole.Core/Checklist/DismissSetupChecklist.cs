using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Checklist;

/// <summary>Hides the checklist from the actor for good, in every browser. Other admins go on seeing it.</summary>
public sealed class DismissSetupChecklist(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        var begun = await transactions.BeginAsync(actor, Permission.ManageMembers, AuditAction.ProfileUpdate, subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        var member = await transaction.Db.Set<ConsoleUser>().SingleAsync(row => row.Id == actor.Id, cancellationToken);
        var details = new AuditDetails().Change(AuditField.ChecklistDismissed, member.ChecklistDismissed, true);
        if (!details.HasChanges)
            return Result.Success;

        member.ChecklistDismissed = true;
        transaction.Audit(AuditAction.ProfileUpdate, subject, details);
        transaction.Announce(ChangeKind.Member, actor.Id);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}
