using FinConsole.Core.Audit.Chain;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Verification;

/// <summary>Recomputes a tenant's chain from its first entry, in pieces, so that neither memory nor a read transaction grows with it.</summary>
public sealed class ChainVerifier(ConsoleDb db, AuditChain chain, CheckpointSigner signer)
{
    private const int PieceSize = 2000;

    /// <param name="tenantId">Whose chain.</param>
    /// <param name="checkpoint">A checkpoint that was kept elsewhere, to be held against the chain.</param>
    /// <param name="progress">Told the number of entries done after each piece.</param>
    /// <param name="cancellationToken">Stops between pieces.</param>
    public async Task<AuditVerdict> VerifyAsync(Guid tenantId, AuditCheckpoint? checkpoint, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (checkpoint is not null && (checkpoint.TenantId != tenantId || !await signer.IsOursAsync(checkpoint, cancellationToken)))
            return new AuditVerdict(0, new AuditFault(0, AuditFaultKind.CheckpointForeign));

        await using var context = db.Open(tenantId);
        // The head is read first: entries appended meanwhile lie beyond it and are left for next time.
        var head = await context.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var end = Math.Max(head?.Size ?? long.MaxValue, checkpoint?.Size ?? 0);
        var walk = new ChainWalk(chain, checkpoint);
        List<AuditEntry> piece;
        do
        {
            var done = walk.Entries;
            piece = await context.Set<AuditEntry>().AsNoTracking()
                .Where(entry => entry.Sequence > done && entry.Sequence <= end)
                .OrderBy(entry => entry.Sequence).Take(PieceSize).ToListAsync(cancellationToken);
            foreach (var entry in piece)
            {
                if (walk.Step(entry) is { } fault)
                    return new AuditVerdict(walk.Entries, fault);
            }

            progress?.Report(walk.Entries);
        }
        while (piece.Count == PieceSize);

        return new AuditVerdict(walk.Entries, walk.Finish(head));
    }
}
