using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification.Schema;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.Audit.Verification;

/// <summary>Verifies the actor's own tenant's chain, and writes down that it was verified and what was found.</summary>
public sealed class VerifyAuditChain(
    ChainVerifier verifier, CompareAuditSchema schema, PepperNote note, SealedRows sealedRows, PermissionGuard guard,
    AuditedTransactions transactions)
{
    public async Task<Result<AuditVerdict>> HandleAsync(AuditCheckpoint? checkpoint, Actor actor, IProgress<VerifiedSoFar>? progress, CancellationToken cancellationToken)
    {
        var subject = AuditLogSubject.Value;
        if (await guard.CheckAsync(actor, Permission.VerifyAudit, subject, cancellationToken, AuditAction.AuditVerify) is { } refusal)
            return refusal;

        try
        {
            var verdict = await verifier.VerifyAsync(actor.TenantId, checkpoint, progress, cancellationToken);
            if (verdict.Intact)
                verdict = verdict with { Fault = await FindFaultBesideAsync(cancellationToken) };
            var found = new AuditDetails().With(AuditField.Count, verdict.Entries).With(AuditField.FirstBad, verdict.Fault?.Sequence);
            await WriteAsync(actor, found, verdict);
            return verdict;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Given up is not verified, and whoever reads the log later should know that too.
            await WriteAsync(actor, new AuditDetails().With(AuditField.Reason, "Cancelled"), verdict: null);
            throw;
        }
    }

    // On a thread of its own: SQLite works on the caller's, and checking the indexes of a large log takes seconds.
    private Task<AuditFault?> FindFaultBesideAsync(CancellationToken cancellationToken) => Task.Run(
        async () => await schema.HandleAsync(cancellationToken) is [var altered, ..] ? altered
            : await note.FindFaultAsync(cancellationToken)
                ?? (await sealedRows.FindFaultsAsync(cancellationToken).FirstOrDefaultAsync(cancellationToken))?.Verdict.Fault,
        cancellationToken);

    // A log that is so broken that nothing can be written to it is still told of.
    private async Task WriteAsync(Actor actor, AuditDetails found, AuditVerdict? verdict)
    {
        try
        {
            await using var transaction = await transactions.BeginUnguardedAsync(actor, CancellationToken.None);
            transaction.Audit(AuditAction.AuditVerify, AuditLogSubject.Value, found, verdict is { Intact: true } ? AuditResult.Success : AuditResult.Failure);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (AuditChainBrokenException) when (verdict is { Intact: false })
        {
            // The transaction has told the operator.
        }
    }
}
