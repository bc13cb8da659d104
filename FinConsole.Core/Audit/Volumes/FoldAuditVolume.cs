using System.Data.Common;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
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

    // Writers of SQLite wait for a piece, so it is a small one.
    private const int PieceSize = 5_000;

    /// <summary>Counts what has gathered in every tenant's log; returns how many entries that was.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken, int threshold = Threshold)
    {
        var folded = 0L;
        await RunEach.DoAsync(await BehindAsync(threshold, cancellationToken), async tenantId =>
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
        await AddAsync(context, piece.CountBy(entry => (AuditHours.Of(entry.At), entry.Action, entry.Result)).ToDictionary(), cancellationToken);
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

    // Read once and changed in memory: only who moved the mark comes here, so nobody else counts the same hours meanwhile.
    private static async Task AddAsync(ConsoleDbContext context, Dictionary<(int Hour, AuditAction Action, AuditResult Result), int> counts, CancellationToken cancellationToken)
    {
        var (first, last) = (counts.Keys.Min(key => key.Hour), counts.Keys.Max(key => key.Hour));
        var known = await context.Set<AuditVolume>().Where(volume => volume.Hour >= first && volume.Hour <= last)
            .ToDictionaryAsync(volume => (volume.Hour, volume.Action, volume.Result), cancellationToken);
        foreach (var (key, count) in counts)
        {
            if (known.TryGetValue(key, out var volume))
                volume.Count += count;
            else
                context.Add(new AuditVolume { TenantId = context.TenantId, Hour = key.Hour, Action = key.Action, Result = key.Result, Count = count });
        }
    }
}
