using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Checkpoints;

/// <summary>Makes a signed checkpoint of the tenant's chain as it is now, to be kept elsewhere. The making is itself the entry after it.</summary>
public sealed class MakeAuditCheckpoint(AuditedTransactions transactions, CheckpointSigner signer)
{
    public async Task<Result<AuditCheckpoint>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var subject = AuditLogSubject.Value;
        var key = await signer.FindOrMakeKeyAsync(cancellationToken);
        // A token that may read the log may keep what proves it: it has no role, and no page to verify on.
        var permission = actor.Granted is null ? Permission.VerifyAudit : Permission.ReadAudit;
        var begun = await transactions.BeginAsync(actor, permission, AuditAction.AuditCheckpoint, subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        if (!key.Succeeded)
            return key.Error;
        var head = await transaction.Db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken)
            ?? throw AuditChainBrokenException.OfMissing(actor.TenantId);
        var checkpoint = signer.Sign(key.Value, actor.TenantId, head.Size, head.Link, transaction.Now);
        transaction.Audit(AuditAction.AuditCheckpoint, subject, new AuditDetails().With(AuditField.Size, head.Size).With(AuditField.Head, checkpoint.Head));
        await transaction.CommitAsync(cancellationToken);
        return checkpoint;
    }
}
