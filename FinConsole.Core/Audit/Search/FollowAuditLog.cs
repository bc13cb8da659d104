using System.Runtime.CompilerServices;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Search;

/// <summary>What came after a number.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="LastSequence">Up to which number everything was looked at: the next question begins behind it.</param>
public sealed record FollowedAuditLog(IReadOnlyList<AuditRow> Items, long LastSequence);

/// <summary>
/// Reads on in a tenant's log from where a reader stopped, oldest first: for programs that poll. Numbers become visible in their
/// order and without gaps, so nothing can turn up later behind a number that was seen.
/// </summary>
public sealed class FollowAuditLog(ConsoleDb db, PermissionGuard guard, ScanLimiter scans)
{
    public const int LargestPage = 200;

    /// <param name="search">From <see cref="AuditSearchParser"/>.</param>
    /// <param name="after">The last number seen; 0 for the beginning.</param>
    /// <param name="limit">1 to <see cref="LargestPage"/>.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<FollowedAuditLog>> HandleAsync(AuditSearch search, long after, int limit, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadAudit, AuditLogSubject.Value, cancellationToken) is { } refusal)
            return refusal;
        var (source, bounds, head) = await BeginAsync(search, after, actor.TenantId, cancellationToken);
        var reader = new AuditReader(db, actor.TenantId, source, bounds, down: false, search);
        return await LookAsync(reader, search, after, Math.Max(after, head), Math.Clamp(limit, 1, LargestPage), actor.TenantId, cancellationToken);
    }

    /// <summary>The same to the log's end of this moment, however long that is.</summary>
    public async Task<Result<IAsyncEnumerable<AuditRow>>> StreamAsync(AuditSearch search, long after, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadAudit, AuditLogSubject.Value, cancellationToken) is { } refusal)
            return refusal;
        var (source, bounds, _) = await BeginAsync(search, after, actor.TenantId, cancellationToken);
        var reader = new AuditReader(db, actor.TenantId, source, bounds, down: false);
        return Result.Of(ReadAsync(reader, search, CancellationToken.None));
    }

    private async Task<Result<FollowedAuditLog>> LookAsync(
        AuditReader reader, AuditSearch search, long after, long head, int size, Guid tenantId, CancellationToken cancellationToken)
    {
        var (items, looked) = (new List<AuditRow>(), 0);
        using var scan = scans.BeginSearch(tenantId);
        while (looked < BackwardSearch.Reach)
        {
            if (looked >= BackwardSearch.FreeRows && !await scan.AdmitAsync(cancellationToken))
                return ScanErrors.Busy;
            var (left, asked) = (BackwardSearch.LeftBehind(looked), 0);
            var rows = await scan.ReadAsync(count => reader.ReadAsync(asked = Math.Min(count, left), cancellationToken), cancellationToken);
            looked += rows.Count;
            foreach (var row in rows)
            {
                if (search.Holds(row))
                    items.Add(row);
                if (items.Count == size)
                    return await CompleteAsync(row.Sequence);
            }

            if (rows.Count < asked)
                return await CompleteAsync(head);
            after = rows[^1].Sequence;
        }

        return await CompleteAsync(after);

        async Task<FollowedAuditLog> CompleteAsync(long last) => new(await reader.CompleteAsync(items, cancellationToken), last);
    }

    private async Task<(AuditSource Source, AuditBounds Bounds, long Head)> BeginAsync(
        AuditSearch search, long after, Guid tenantId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        // First, so that the bounds hold for all up to there: what is appended later is left for the next question.
        var head = await context.Set<AuditHead>().Select(row => (long?)row.Size).SingleOrDefaultAsync(cancellationToken)
            ?? throw AuditChainBrokenException.OfMissing(tenantId);
        var source = await AuditSource.ChooseAsync(context, search, cancellationToken);
        using var scan = scans.BeginSearch(tenantId);
        var bounds = await AuditBounds.FindAsync(context, search, scan, cancellationToken);
        return (source, new AuditBounds(Math.Max(bounds.After, after), Math.Min(bounds.Before, head + 1)), head);
    }

    private async IAsyncEnumerable<AuditRow> ReadAsync(AuditReader reader, AuditSearch search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var scan = scans.BeginExport();
        await foreach (var piece in KeysetBatches.ReadAsync<AuditRow>((_, count, cancel) => reader.ReadAsync(count, cancel), scan, cancellationToken))
        {
            foreach (var row in piece)
            {
                if (search.Holds(row))
                    yield return row;
            }
        }
    }
}
