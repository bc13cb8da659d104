using System.Runtime.CompilerServices;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.LoginHistory.Listing;

/// <summary>
/// Reads everything that a filter shows, in pieces: no read transaction and no memory grows with it. That somebody took it out is
/// written down before the first row leaves; whoever loses the right, or the session, gets no further piece.
/// </summary>
public sealed class ExportLoginAttempts(ListLoginAttempts list, PermissionGuard guard, AuditedTransactions transactions, ScanLimiter scans)
{
    private const int PieceSize = 2000;

    // A look at the right costs a query; between two of them lies about a tenth of a second.
    private const int BatchesBetweenChecks = 25;

    /// <param name="filter">What to take; its cursor and limit are left aside.</param>
    /// <param name="filterText">The filter as its address states it, for the audit log.</param>
    /// <param name="format">For the audit log.</param>
    /// <param name="progress">Told after each piece how far the reading has come.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up before the first row.</param>
    public async Task<Result<IAsyncEnumerable<LoginRow>>> HandleAsync(LoginFilter filter, string filterText, ExportFormat format, IProgress<ReadingReach>? progress, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ReadLoginHistory, AuditAction.LoginExport, ListLoginAttempts.Subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        if (ListLoginAttempts.FindFault(filter) is { } fault)
            return fault;
        var details = new AuditDetails().With(AuditField.Format, format).With(AuditField.Query, PlainText.ForStorage(filterText, 1000));
        transaction.Audit(AuditAction.LoginExport, ListLoginAttempts.Subject, details);
        await transaction.CommitAsync(cancellationToken);
        return Result.Of(ReadAsync(filter, actor, progress, CancellationToken.None));
    }

    private async IAsyncEnumerable<LoginRow> ReadAsync(LoginFilter filter, Actor actor, IProgress<ReadingReach>? progress, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        DateTimeOffset? newest = null;
        var oldest = filter.From ?? await list.OldestAsync(actor.TenantId, cancellationToken);
        var pieces = 0;
        await foreach (var page in ReadPagesAsync(filter, actor.TenantId, cancellationToken))
        {
            if (++pieces % BatchesBetweenChecks == 0 && await guard.CheckAsync(actor, Permission.ReadLoginHistory, ListLoginAttempts.Subject, cancellationToken) is not null)
                throw new UnauthorizedAccessException("The right to read login history ended while it was being exported.");
            foreach (var row in page.Rows)
                yield return row;
            if ((page.SearchedBackTo ?? page.Rows.LastOrDefault()?.At) is { } reached)
            {
                newest ??= page.Rows.FirstOrDefault()?.At ?? reached;
                progress?.Report(new ReadingReach(reached, newest > oldest ? (newest.Value - reached) / (newest.Value - oldest) : null));
            }
        }
    }

    // While one piece is written, the next is already read, on a thread of its own: SQLite's reads block theirs.
    private async IAsyncEnumerable<LoginPage> ReadPagesAsync(LoginFilter filter, Guid tenantId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var export = scans.BeginExport();
        Task<LoginPage> ReadAsync(string? cursor) => list.ReadForExportAsync(filter with { Cursor = cursor }, tenantId, PieceSize, export, stop.Token);
        Task<LoginPage> Begin(string? cursor) => Task.Run(() => ReadAsync(cursor), stop.Token);
        var next = Begin(null);
        try
        {
            while (true)
            {
                var page = await next;
                if (page.NextCursor is not null)
                    next = Begin(page.NextCursor);
                yield return page;
                if (page.NextCursor is null)
                    yield break;
            }
        }
        finally
        {
            // Who stops listening in the middle leaves no read behind.
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
