using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification;

/// <summary>
/// Recomputes a tenant's chain from its first entry, in batches, so that neither memory nor a read transaction grows with it, and holds it
/// against what the register of chains knows of it, its hourly counts against it, and the tenant's row against the register. It reads what the
/// database holds, in its types and to the last byte.
/// </summary>
public sealed class ChainVerifier(ConsoleDb db, AuditChain chain, CheckpointSigner signer, ScanLimiter scans)
{
    /// <param name="tenantId">Whose chain.</param>
    /// <param name="checkpoint">A checkpoint that was kept elsewhere, to be held against the chain.</param>
    /// <param name="progress">Told how far it is after each batch.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<AuditVerdict> VerifyAsync(
        Guid tenantId, AuditCheckpoint? checkpoint, IProgress<VerifiedSoFar>? progress, CancellationToken cancellationToken)
    {
        // The register first, then the head: an anchor never lies beyond a head that is read after it.
        await using var context = db.Open(tenantId);
        var tenants = await StoredTenant.ReadAsync(context, cancellationToken);
        var register = await RegisterState.ReadAsync(context, chain, cancellationToken);
        var verdict = await VerifyAsync(tenantId, register, checkpoint, progress, cancellationToken);
        var fault = verdict.Fault ?? await StoredTenant.FindFaultAsync(context, register.Find(tenantId), tenants, cancellationToken);
        return verdict with { Fault = fault };
    }

    /// <summary>The same against a register that was read before, without the tenant's row.</summary>
    internal async Task<AuditVerdict> VerifyAsync(
        Guid tenantId, RegisterState register, AuditCheckpoint? checkpoint, IProgress<VerifiedSoFar>? progress,
        CancellationToken cancellationToken)
    {
        if (checkpoint is not null && (checkpoint.TenantId != tenantId || !await signer.IsOursAsync(checkpoint, cancellationToken)))
            return new AuditVerdict(0, new AuditFault(0, AuditFaultKind.CheckpointForeign));

        await using var context = db.Open(tenantId);
        // Entries appended meanwhile lie beyond this head and are left for next time.
        var anchor = register.Find(tenantId);
        var volumes = await ReadVolumesAsync(context, tenantId, cancellationToken);
        var (head, altered) = await StoredEntries.ReadHeadAsync(context, tenantId, cancellationToken);
        var walk = new ChainWalk(chain, checkpoint, register.Fault is null ? anchor : null);
        var fault = await WalkAsync(walk, volumes, tenantId, head, checkpoint, progress, cancellationToken)
            ?? walk.Finish(head)
            ?? (altered ? new AuditFault(walk.Entries, AuditFaultKind.HeadForged) : null)
            ?? await FindBeyondEndAsync(context, tenantId, walk.Entries, cancellationToken)
            ?? register.Fault
            ?? (anchor is null ? new AuditFault(0, AuditFaultKind.NotRegistered) : null)
            ?? volumes.FindFault(walk.Entries);
        return new AuditVerdict(walk.Entries, fault);
    }

    // At a pace of their own: a row of counts is read faster than an entry.
    private async Task<StoredVolumes> ReadVolumesAsync(ConsoleDbContext context, Guid tenantId, CancellationToken cancellationToken)
    {
        using var scan = scans.BeginExport();
        return await StoredVolumes.ReadAsync(context, tenantId, scan, cancellationToken);
    }

    private async Task<AuditFault?> WalkAsync(
        ChainWalk walk, StoredVolumes volumes, Guid tenantId, AuditHead? head, AuditCheckpoint? checkpoint, IProgress<VerifiedSoFar>? progress,
        CancellationToken cancellationToken)
    {
        var end = Math.Max(head?.Size ?? long.MaxValue, checkpoint?.Size ?? 0);
        using var scan = scans.BeginExport();
        await foreach (var batch in KeysetBatches.ReadAsync<StoredEntry>(
            (last, count, cancel) => ReadAsync(tenantId, last, end, count, cancel), scan, cancellationToken))
        {
            foreach (var stored in batch)
            {
                var wrong = stored.Canonical ? walk.Step(stored.Entry) : new AuditFault(walk.Entries + 1, AuditFaultKind.NotCanonical);
                if (wrong is not null)
                    return wrong;
                volumes.Add(stored.Entry);
            }

            progress?.Report(new VerifiedSoFar(walk.Entries, head?.Size ?? walk.Entries));
        }

        return null;
    }

    // A batch begins with the row that the last one ended with, and leaves it out: with a second row of that number, one of the two stays.
    private async Task<List<StoredEntry>> ReadAsync(Guid tenantId, StoredEntry? last, long end, int count, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        if (last is null)
            return await StoredEntries.ReadAsync(context, tenantId, from: null, end, count, cancellationToken);
        var rows = await StoredEntries.ReadAsync(context, tenantId, last.Entry.Sequence, end, count + 1, cancellationToken);
        var same = rows.FindIndex(
            row => row.Canonical && row.Entry.Sequence == last.Entry.Sequence && row.Entry.Tag.AsSpan().SequenceEqual(last.Entry.Tag));
        if (same >= 0)
            rows.RemoveAt(same);
        return rows;
    }

    // Entries become visible together with the head that counts them. Reading the last entry first and the head second, one beyond
    // the head was not appended in the meantime: it was slipped in.
    private static async Task<AuditFault?> FindBeyondEndAsync(
        ConsoleDbContext context, Guid tenantId, long walked, CancellationToken cancellationToken)
    {
        if (await StoredEntries.FindLastAsync(context, tenantId, walked, cancellationToken) is not { } last)
            return null;
        var size = (await StoredEntries.ReadHeadAsync(context, tenantId, cancellationToken)).Head?.Size ?? walked;
        if (last < 0)
            return new AuditFault(size, AuditFaultKind.OutOfPlace);
        return last > size ? new AuditFault(size + 1, AuditFaultKind.BeyondEnd) : null;
    }
}
