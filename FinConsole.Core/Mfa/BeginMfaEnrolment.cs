using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>Makes a secret for a new authenticator app and shows it. Until its first code is given, whatever is in force stays in force.</summary>
public sealed class BeginMfaEnrolment(ConsoleDb db, WriteQueue queue, TotpCodes codes, PermissionGuard guard, TimeProvider time)
{
    /// <summary>After this the setup has to be begun anew.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    public async Task<Result<TotpSecret>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        if (await guard.CheckAsync(actor, Permission.SetUpMfa, subject, cancellationToken, AuditAction.MfaEnrol, Proof.Recent) is { } refusal)
            return refusal;

        // No audit entry: nothing has changed until the first code is given, and that is one.
        var (id, secret) = (Ids.New(time), TotpSecret.New());
        var encrypted = codes.Protect(actor.TenantId, id, secret);
        await using var context = db.Open(actor.TenantId);
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The member's row is locked first, so that two tabs that begin at once come one after the other.
        await context.Set<ConsoleUser>().Where(member => member.Id == actor.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.TwoFactorEnabled, member => member.TwoFactorEnabled), cancellationToken);
        await context.Set<TotpCredential>().Where(credential => credential.MemberId == actor.Id && !credential.Confirmed).ExecuteDeleteAsync(cancellationToken);
        context.Add(new TotpCredential
        {
            Id = id,
            TenantId = actor.TenantId,
            MemberId = actor.Id,
            Secret = encrypted,
            CreatedAt = time.GetUtcNow(),
        });
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return secret;
    }
}
