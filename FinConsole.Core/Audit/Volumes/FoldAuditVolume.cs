using System.Data.Common;
using FinConsole.Core.Audit.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Volumes;

/// <summary>
/// Counts entries into hours, behind the writers' backs: appending an entry costs nothing more for it. What is not counted yet is read
/// from the log itself by those who ask, so it is let grow to <see cref="Threshold"/> before it is worth a transaction.
/// </summary>
public sealed class FoldAuditVolume(ConsoleDb db, WriteQueue queue)
{
    public const int Threshold = 500;

    private const int PieceSize = 20_000;

    /// <summary>Counts what has gathered in every tenant's log; answers how many entries that was.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken, int threshold = Threshold)
    {
        var folded = 0L;
        await OneByOne.DoAsync(await BehindAsync(threshold, cancellationToken), async tenantId =>
        {
            int counted;
            do
                folded += counted = await FoldAsync(tenantId, cancellationToken);
            while (counted == PieceSize);
            return true;
        });
        return folded;
    }

    private async Task<List<Guid>> BehindAsync(int threshold, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var heads = context.Set<AuditHead>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]);
        var marks = context.Set<AuditVolumeMark>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]);
        return await heads.Where(head => head.Size - (marks.Where(mark => mark.TenantId == head.TenantId).Max(mark => (long?)mark.Sequence) ?? 0) >= threshold)
            .Select(head => head.TenantId).ToListAsync(cancellationToken);
    }

    // One piece: the counts and the mark move together, and only from where this piece began; who comes second does nothing.
    private async Task<int> FoldAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        var mark = await context.Set<AuditVolumeMark>().MaxAsync(row => (long?)row.Sequence, cancellationToken);
        var after = mark ?? 0;
        var piece = await context.Set<AuditEntry>().Where(entry => entry.Sequence > after).OrderBy(entry => entry.Sequence).Take(PieceSize)
            .Select(entry => new { entry.Sequence, entry.At, entry.Action, entry.Result }).ToListAsync(cancellationToken);
        if (piece.Count == 0)
            return 0;

        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await TryMoveAsync(context, mark, piece[^1].Sequence, cancellationToken))
            return 0;
        foreach (var group in piece.GroupBy(entry => (Hour: AuditHours.Of(entry.At), entry.Action, entry.Result)))
            await AddAsync(context, group.Key.Hour, group.Key.Action, group.Key.Result, group.Count(), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return piece.Count;
    }

    private static async Task<bool> TryMoveAsync(ConsoleDbContext context, long? from, long to, CancellationToken cancellationToken)
    {
        if (from is not null)
        {
            return await context.Set<AuditVolumeMark>().Where(mark => mark.Sequence == from)
                .ExecuteUpdateAsync(set => set.SetProperty(mark => mark.Sequence, to), cancellationToken) == 1;
        }

        try
        {
            context.Add(new AuditVolumeMark { TenantId = context.TenantId, Sequence = to });
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && context.Dialect.IsUniqueViolation(inner))
        {
            return false;
        }
    }

    private static async Task AddAsync(ConsoleDbContext context, int hour, AuditAction action, AuditResult result, int count, CancellationToken cancellationToken)
    {
        var updated = await context.Set<AuditVolume>().Where(volume => volume.Hour == hour && volume.Action == action && volume.Result == result)
            .ExecuteUpdateAsync(set => set.SetProperty(volume => volume.Count, volume => volume.Count + count), cancellationToken);
        if (updated == 0)
            context.Add(new AuditVolume { TenantId = context.TenantId, Hour = hour, Action = action, Result = result, Count = count });
    }
}
