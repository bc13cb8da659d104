using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>Turns the actor's own second factor off, where the tenant allows that. Ends the member's other sessions.</summary>
public sealed class TurnOffMfa(AuditedTransactions transactions, EmailQueue emails)
{
    public async Task<Result> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        var begun = await transactions.BeginAsync(actor, Permission.SetUpMfa, AuditAction.MfaTurnOff, subject, cancellationToken, Proof.Recent);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        if (await transaction.Db.Set<Tenant>().AnyAsync(tenant => tenant.Id == actor.TenantId && tenant.RequiresMfa, cancellationToken))
            return MfaErrors.Required;
        if (!await MfaRemoval.RemoveAsync(transaction, actor.Id, cancellationToken))
            return MfaErrors.NotOn;

        transaction.Audit(AuditAction.MfaTurnOff, subject, new AuditDetails());
        var to = await MfaRecipient.FindAsync(transaction.Db, actor.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(MfaEmails.TurnedOff(to.Email, to.Name, transaction.Now, actor.Origin.Ip));
        return Result.Success;
    }
}
