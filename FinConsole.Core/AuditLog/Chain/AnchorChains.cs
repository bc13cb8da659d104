using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>
/// Notes in the register how long every chain is by now: from then on none can be shorter, even with an old end that was genuine.
/// </summary>
public sealed class AnchorChains(ConsoleDb db, WriteQueue queue, AuditChain chain, ChainRegister register)
{
    /// <returns>False when there is no sound register: somebody changed it, and nothing is noted any more.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var grown = await FindGrownAsync(context, cancellationToken);
        if (grown.Count == 0)
            return (await RegisterState.ReadAsync(context, chain, cancellationToken)).Fault is null;

        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var sound = await register.MoveAsync(context, grown, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return sound;
    }

    // Ends that this program did not write are not spoken for.
    private async Task<List<ChainEnd>> FindGrownAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var heads = await context.Set<AuditHead>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).AsNoTracking()
            .Where(head => context.Set<AuditAnchor>().Any(anchor => anchor.TenantId == head.TenantId && anchor.Size < head.Size))
            .ToListAsync(cancellationToken);
        return [.. heads.Where(chain.IsGenuine).Select(head => new ChainEnd(head.TenantId, head.Size, head.Link))];
    }
}
