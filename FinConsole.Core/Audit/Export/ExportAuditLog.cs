using System.Runtime.CompilerServices;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Export;

/// <summary>
/// Reads out what a search finds, oldest first and however long it is. That it was read out stands in the log before the first row leaves,
/// and is the last entry of an unfiltered export.
/// </summary>
public sealed class ExportAuditLog(ConsoleDb db, AuditedTransactions transactions, ScanLimiter scans)
{
    /// <param name="search">From <see cref="AuditSearchParser"/>.</param>
    /// <param name="query">The same as it was typed, for the entry.</param>
    /// <param name="format">What it becomes, for the entry.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="progress">Told how far the reading is after each piece.</param>
    /// <param name="cancellationToken">Gives up before the first row; the reading is stopped by who reads.</param>
    public async Task<Result<IAsyncEnumerable<AuditRow>>> HandleAsync(
        AuditSearch search, string query, ExportFormat format, Actor actor, IProgress<ReadingReach>? progress, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ReadAudit, AuditAction.AuditExport, AuditLogSubject.Value, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using (var transaction = begun.Value)
        {
            transaction.Audit(AuditAction.AuditExport, AuditLogSubject.Value, new AuditDetails().With(AuditField.Query, query.Trim()).With(AuditField.Format, format));
            await transaction.CommitAsync(cancellationToken);
        }

        await using var context = db.Open(actor.TenantId);
        var size = await context.Set<AuditHead>().Select(head => (long?)head.Size).SingleOrDefaultAsync(cancellationToken)
            ?? throw AuditChainBrokenException.OfMissing(actor.TenantId);
        var source = await AuditSource.ChooseAsync(context, search, cancellationToken);
        using var scan = scans.BeginExport();
        var bounds = await AuditBounds.FindAsync(context, search, scan, cancellationToken);
        bounds = bounds with { Before = Math.Min(bounds.Before, size + 1) };
        return Result.Of(ReadAsync(new AuditReader(db, actor.TenantId, source, bounds, down: false), search, bounds, progress, CancellationToken.None));
    }

    private async IAsyncEnumerable<AuditRow> ReadAsync(
        AuditReader reader, AuditSearch search, AuditBounds bounds, IProgress<ReadingReach>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var whole = (double)Math.Max(1, bounds.Before - 1 - bounds.After);
        using var scan = scans.BeginExport();
        await foreach (var piece in KeysetBatches.ReadAsync<AuditRow>((_, count, cancel) => reader.ReadAsync(count, cancel), scan, cancellationToken))
        {
            progress?.Report(new ReadingReach(piece[^1].At, (piece[^1].Sequence - bounds.After) / whole));
            foreach (var row in piece)
            {
                if (search.Holds(row))
                    yield return row;
            }
        }
    }
}
