using FinConsole.Core.Audit.Chain;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Verification;

/// <summary>Recomputes a tenant's chain from its first entry, in pieces, so that neither memory nor a read transaction grows with it.</summary>
public sealed class ChainVerifier(ConsoleDb db, AuditChain chain, CheckpointSigner signer)
{
    private const int PieceSize = 2000;

    /// <param name="tenantId">Whose chain.</param>
    /// <param name="checkpoint">A checkpoint that was kept elsewhere, to be held against the chain.</param>
    /// <param name="progress">Told how far it is after each piece.</param>
    /// <param name="cancellationToken">Stops between pieces.</param>
    public async Task<AuditVerdict> VerifyAsync(Guid tenantId, AuditCheckpoint? checkpoint, IProgress<VerifiedSoFar>? progress, CancellationToken cancellationToken)
    {
        if (checkpoint is not null && (checkpoint.TenantId != tenantId || !await signer.IsOursAsync(checkpoint, cancellationToken)))
            return new AuditVerdict(0, new AuditFault(0, AuditFaultKind.CheckpointForeign));

        await using var context = db.Open(tenantId);
        // The head is read first: entries appended meanwhile lie beyond it and are left for next time.
        var head = await context.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var end = Math.Max(head?.Size ?? long.MaxValue, checkpoint?.Size ?? 0);
        var walk = new ChainWalk(chain, checkpoint);
        await foreach (var piece in Pieces.ReadAsync<AuditEntry>((last, cancel) => ReadAsync(tenantId, last?.Sequence ?? 0, end, cancel), PieceSize, cancellationToken))
        {
            foreach (var entry in piece)
            {
                if (walk.Step(entry) is { } wrong)
                    return new AuditVerdict(walk.Entries, wrong);
            }

            progress?.Report(new VerifiedSoFar(walk.Entries, head?.Size ?? walk.Entries));
        }

        var fault = walk.Finish(head) ?? await FindBeyondEndAsync(context, walk.Entries, cancellationToken);
        return new AuditVerdict(walk.Entries, fault);
    }

    private async Task<List<AuditEntry>> ReadAsync(Guid tenantId, long after, long end, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        return await context.Set<AuditEntry>().AsNoTracking()
            .Where(entry => entry.Sequence > after && entry.Sequence <= end)
            .OrderBy(entry => entry.Sequence).Take(PieceSize).ToListAsync(cancellationToken);
    }

    // Entries become visible together with the head that counts them. Reading the last entry first and the head second, one beyond
    // the head was not appended in the meantime: it was slipped in.
    private static async Task<AuditFault?> FindBeyondEndAsync(ConsoleDbContext context, long walked, CancellationToken cancellationToken)
    {
        var last = await context.Set<AuditEntry>().Where(entry => entry.Sequence > walked).MaxAsync(entry => (long?)entry.Sequence, cancellationToken);
        if (last is null)
            return null;
        var size = await context.Set<AuditHead>().Select(row => row.Size).SingleAsync(cancellationToken);
        return last > size ? new AuditFault(size + 1, AuditFaultKind.BeyondEnd) : null;
    }
}
