using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>Where a chain ends.</summary>
internal sealed record ChainEnd(Guid TenantId, long Size, byte[] Link);

/// <summary>
/// The list of all chains that ever began, with the size that each has at least, and of the keys that sign checkpoints. Whoever has the
/// database alone can remove rows of it, and cannot make the seal that would fit what is left. A register that this program did not make as
/// it is stays as it is: nothing here may speak for it again.
/// </summary>
public sealed class ChainRegister(AuditChain chain)
{
    /// <summary>Begins the register of a new installation. The caller has made sure that it is new.</summary>
    internal async Task BeginAsync(ConsoleDbContext context, IReadOnlyList<AuditAnchor> anchors, CancellationToken cancellationToken)
    {
        var keys = await context.Set<CheckpointKey>().AsNoTracking().ToListAsync(cancellationToken);
        context.AddRange(anchors);
        var seal = SealOf(epoch: 0, anchors, keys);
        context.Add(seal);
        await context.SaveKeptAsync(AuditChainTexts.RegisterNotWritten, cancellationToken);
        await ConfirmAsync(context, seal, cancellationToken);
    }

    /// <summary>Lists a new chain, at its end, and moves the operator's anchor where that chain was written to as well.</summary>
    /// <returns>False when there is no sound register.</returns>
    internal Task<bool> AddAsync(ConsoleDbContext context, string name, DateTimeOffset createdAt, ChainEnd end, ChainEnd? operatorEnd,
        CancellationToken cancellationToken) =>
        ChangeAsync(context, async contents =>
        {
            if (operatorEnd is not null)
                await MoveAsync(context, contents, operatorEnd, cancellationToken);
            var anchor = new AuditAnchor
            {
                TenantId = end.TenantId,
                Number = contents.Anchors.Count + 1,
                Name = name,
                CreatedAt = createdAt,
                Size = end.Size,
                Link = end.Link
            };
            contents.Anchors.Add(anchor);
            context.Add(anchor);
            await context.SaveKeptAsync(AuditChainTexts.RegisterNotWritten, cancellationToken);
        }, cancellationToken);

    /// <summary>Notes how long chains are by now. The caller has seen that the ends are genuine.</summary>
    /// <returns>False when there is no sound register.</returns>
    internal Task<bool> MoveAsync(ConsoleDbContext context, IReadOnlyList<ChainEnd> ends, CancellationToken cancellationToken) =>
        ChangeAsync(context, async contents =>
        {
            foreach (var end in ends)
                await MoveAsync(context, contents, end, cancellationToken);
        }, cancellationToken);

    /// <summary>Follows a tenant that was renamed.</summary>
    /// <returns>False when there is no sound register.</returns>
    internal Task<bool> RenameAsync(ConsoleDbContext context, Guid tenantId, string name, CancellationToken cancellationToken) =>
        ChangeAsync(context, async contents =>
        {
            if (contents.Anchors.Find(anchor => anchor.TenantId == tenantId) is not { } anchor)
                return;
            anchor.Name = name;
            await context.Set<AuditAnchor>().Where(row => row.TenantId == tenantId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, name), cancellationToken);
        }, cancellationToken);

    /// <summary>Lists a key that signs checkpoints, where there is none yet.</summary>
    /// <returns>The key that is listed: the given one, or the one of another instance. Null when there is no sound register.</returns>
    internal async Task<CheckpointKey?> AddKeyAsync(ConsoleDbContext context, CheckpointKey key, CancellationToken cancellationToken)
    {
        var listed = key;
        var sound = await ChangeAsync(context, async contents =>
        {
            if (contents.Keys.MaxBy(each => each.CreatedAt) is { } other)
            {
                listed = other;
                return;
            }

            contents.Keys.Add(key);
            context.Add(key);
            await context.SaveKeptAsync(AuditChainTexts.RegisterNotWritten, cancellationToken);
        }, cancellationToken);
        return sound ? listed : null;
    }

    /// <summary>
    /// Does once what belongs to the upgrade from a version that did not seal the key ring. The register's seal has another form from then on,
    /// and cannot be set back alone.
    /// </summary>
    /// <returns>False when there is no sound register of such a version.</returns>
    internal async Task<bool> RenewAsync(ConsoleDbContext context, Func<Task> adopt, CancellationToken cancellationToken)
    {
        var state = await RegisterState.ReadAsync(context, chain, cancellationToken);
        return state.Seal is { } seal && chain.IsGenuineBeforeRingSeals(seal) && await ChangeAsync(context, _ => adopt(), cancellationToken);
    }

    private AuditSeal SealOf(long epoch, IReadOnlyCollection<AuditAnchor> anchors, IReadOnlyCollection<CheckpointKey> keys)
    {
        var seal = new AuditSeal
        {
            Epoch = epoch,
            Chains = anchors.Count,
            Keys = keys.Count,
            Digest = RegisterState.DigestOf(anchors, keys),
            Tag = []
        };
        seal.Tag = chain.TagOfSeal(seal);
        return seal;
    }

    // In the caller's transaction, as its last lock but the change counter's: who changes the register waits here for the one before.
    private async Task<bool> ChangeAsync(ConsoleDbContext context, Func<Contents, Task> change, CancellationToken cancellationToken)
    {
        var seals = context.Set<AuditSeal>();
        if (await seals.ExecuteUpdateAsync(set => set.SetProperty(seal => seal.Epoch, seal => seal.Epoch), cancellationToken) != 1)
            return await seals.AnyAsync(cancellationToken) ? throw new AuditChainBrokenException(AuditChainTexts.RegisterNotWritten) : false;
        var state = await RegisterState.ReadAsync(context, chain, cancellationToken);
        if (state.Fault is not null)
            return false;

        var contents = new Contents([.. state.Anchors], [.. state.Keys]);
        await change(contents);
        var seal = SealOf(state.Seal!.Epoch + 1, contents.Anchors, contents.Keys);
        await seals.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Epoch, seal.Epoch).SetProperty(row => row.Chains, seal.Chains)
            .SetProperty(row => row.Keys, seal.Keys)
                .SetProperty(row => row.Digest, seal.Digest).SetProperty(row => row.Tag, seal.Tag),
            cancellationToken);
        await ConfirmAsync(context, seal, cancellationToken);
        return true;
    }

    // A trigger or a rule can keep a row out, or change it, without any error.
    private async Task ConfirmAsync(ConsoleDbContext context, AuditSeal seal, CancellationToken cancellationToken)
    {
        var state = await RegisterState.ReadAsync(context, chain, cancellationToken);
        if (state.Fault is not null || !state.Seal!.Tag.AsSpan().SequenceEqual(seal.Tag))
            throw new AuditChainBrokenException(AuditChainTexts.RegisterNotWritten);
    }

    // Forward only, and only while the entry that was anchored is still the same: an anchor that a chain contradicts goes on saying so.
    private static async Task MoveAsync(ConsoleDbContext context, Contents contents, ChainEnd end, CancellationToken cancellationToken)
    {
        if (contents.Anchors.Find(each => each.TenantId == end.TenantId) is not { } anchor || anchor.Size >= end.Size)
            return;
        var entries = context.Set<AuditEntry>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(entry => entry.TenantId == end.TenantId);
        if (anchor.Size > 0)
        {
            var links = await entries.Where(entry => entry.Sequence == anchor.Size).Select(entry => entry.Link)
            .ToListAsync(cancellationToken);
            if (links is not [var link] || !link.AsSpan().SequenceEqual(anchor.Link))
                return;
        }

        (anchor.Size, anchor.Link) = (end.Size, end.Link);
        await context.Set<AuditAnchor>().Where(row => row.TenantId == end.TenantId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Size, end.Size).SetProperty(row => row.Link, end.Link),
            cancellationToken);
    }

    private sealed record Contents(List<AuditAnchor> Anchors, List<CheckpointKey> Keys);
}
