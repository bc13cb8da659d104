using System.Runtime.CompilerServices;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification.Schema;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification;

/// <summary>What verification found of one chain, or of rows that belong to none.</summary>
/// <param name="Name">The tenant's, "operator", "tables", "pepper", "keyring", "signingkeys", or what is known instead.</param>
/// <param name="Checked">Whether the checkpoint that was given is this chain's.</param>
/// <param name="Verdict">Broken for rows that belong to no chain.</param>
public sealed record ChainReport(string Name, bool Checked, AuditVerdict Verdict);

/// <summary>
/// Verifies the installation as a whole: every chain that ever was, the register of them, that every tenant's row is there and as it was
/// registered, that no row belongs to nobody, that the database notes its pepper, that it holds no stranger's keys, and that the tables are as the
/// program makes them.
/// </summary>
public sealed class VerifyEveryChain(
    ConsoleDb db, AuditChain chain, ListChains list, ChainVerifier verifier, CompareAuditSchema schema, PepperNote note, SealedRows sealedRows)
{
    /// <param name="checkpoint">A checkpoint that was kept elsewhere, to be held against the chain that it is of.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async IAsyncEnumerable<ChainReport> HandleAsync(
        AuditCheckpoint? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // First: without one of these tables the rest cannot be read.
        foreach (var fault in await schema.HandleAsync(cancellationToken) ?? [])
            yield return new ChainReport(CompareAuditSchema.Name, false, new AuditVerdict(0, fault));
        if (await note.FindFaultAsync(cancellationToken) is { } otherPepper)
            yield return new ChainReport(PepperNote.Name, false, new AuditVerdict(0, otherPepper));
        await foreach (var foreign in sealedRows.FindFaultsAsync(cancellationToken))
            yield return foreign;
        await using var context = db.OpenForOperator();
        // What is counted is read between two looks at the register: the chains of the first are that long by then, and whatever is found of a
        // sound installation is listed in the second.
        var before = await RegisterState.ReadAsync(context, chain, cancellationToken);
        var census = await StoredEntries.CountAsync(context, cancellationToken);
        var others = await StoredOwners.ReadAsync(context, cancellationToken);
        var tenants = await StoredTenant.ReadAsync(context, cancellationToken);
        var owners = await list.HandleAsync(cancellationToken);
        var register = await RegisterState.ReadAsync(context, chain, cancellationToken);
        foreach (var owner in owners)
        {
            var mine = checkpoint?.TenantId == owner.TenantId ? checkpoint : null;
            var verdict = await verifier.VerifyAsync(owner.TenantId, register, mine, progress: null, cancellationToken);
            var fault = verdict.Fault
                ?? FindUncounted(census, before.Find(owner.TenantId), owner.TenantId, verdict.Entries)
                ?? await StoredTenant.FindFaultAsync(context, register.Find(owner.TenantId), tenants, cancellationToken);
            yield return new ChainReport(owner.Name, mine is not null, verdict with { Fault = fault });
        }

        var known = owners.Select(owner => owner.TenantId).ToHashSet();
        var strays = census.Select(rows => rows.Owner).Concat(others).Where(owner => owner.TenantId is not { } id || !known.Contains(id))
            .Select(owner => owner.Name)
            .Concat(tenants.Where(tenant => tenant.Id is null).Select(tenant => tenant.Stored));
        foreach (var stray in strays.Distinct())
            yield return new ChainReport(stray, false, new AuditVerdict(0, new AuditFault(0, AuditFaultKind.NotRegistered)));
    }

    // A scan of the table finds what an index leads past.
    private static AuditFault? FindUncounted(List<ChainCensus> census, AuditAnchor? anchor, Guid tenantId, long walked)
    {
        var mine = census.Where(rows => rows.Owner.TenantId == tenantId).ToList();
        var least = anchor?.Size ?? 0;
        return mine switch
        {
            [] => least == 0 ? null : new AuditFault(least, AuditFaultKind.TailCut),
            [var rows] when rows.IsWhole && rows.Count >= least && rows.Count <= walked => null,
            _ => new AuditFault(walked, AuditFaultKind.OutOfPlace),
        };
    }
}
