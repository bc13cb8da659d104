using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Core.Audit.Verification;

/// <summary>Verifies the actor's own tenant's chain, and writes down that it was verified and what was found.</summary>
public sealed class VerifyAuditChain(ChainVerifier verifier, RightsGuard guard, AuditedTransactions transactions)
{
    public async Task<Result<AuditVerdict>> HandleAsync(AuditCheckpoint? checkpoint, Actor actor, IProgress<VerifiedSoFar>? progress, CancellationToken cancellationToken)
    {
        var subject = AuditLogSubject.Value;
        if (await guard.CheckAsync(actor, Right.VerifyAudit, subject, cancellationToken, AuditAction.AuditVerify) is { } refusal)
            return refusal;

        var verdict = await verifier.VerifyAsync(actor.TenantId, checkpoint, progress, cancellationToken);
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        transaction.Audit(
            AuditAction.AuditVerify,
            subject,
            new AuditDetails().With(AuditField.Count, verdict.Entries).With(AuditField.FirstBad, verdict.Fault?.Sequence),
            verdict.Intact ? AuditResult.Success : AuditResult.Failure);
        await transaction.CommitAsync(cancellationToken);
        return verdict;
    }
}
