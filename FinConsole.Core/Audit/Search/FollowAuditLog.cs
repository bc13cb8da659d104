using System.Runtime.CompilerServices;
using FinConsole.Core.Audit.Chain;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
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

    private const int Piece = 1000;

    /// <param name="search">From <see cref="AuditSearchParser"/>.</param>
    /// <param name="after">The last number seen; 0 for the beginning.</param>
    /// <param name="limit">1 to <see cref="LargestPage"/>.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<FollowedAuditLog>> HandleAsync(AuditSearch search, long after, int limit, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadAudit, AuditLogSubject.Value, cancellationToken) is { } refusal)
            return refusal;
        var (reader, head) = await BeginAsync(search, after, actor.TenantId, cancellationToken);
        var (size, items, looked) = (Math.Clamp(limit, 1, LargestPage), new List<AuditRow>(), 0);
        ScanPermit? permit = null;
        try
        {
            while (looked < BackwardSearch.Reach)
            {
                if (looked > 0 && (permit ??= await scans.BeginSearchAsync(actor.TenantId, cancellationToken)) is null)
                    return ScanErrors.Busy;
                var rows = permit is null
                    ? await reader.ReadAsync(Piece, cancellationToken)
                    : await permit.ReadAsync(() => reader.ReadAsync(Piece, cancellationToken), cancellationToken);
                looked += rows.Count;
                foreach (var row in rows)
                {
                    if (search.Holds(row))
                        items.Add(row);
                    if (items.Count == size)
                        return new FollowedAuditLog(items, row.Sequence);
                }

                if (rows.Count < Piece)
                    return new FollowedAuditLog(items, Math.Max(after, head));
                after = rows[^1].Sequence;
            }

            return new FollowedAuditLog(items, after);
        }
        finally
        {
            permit?.Dispose();
        }
    }

    /// <summary>The same to the log's end of this moment, however long that is.</summary>
    public async Task<Result<IAsyncEnumerable<AuditRow>>> StreamAsync(AuditSearch search, long after, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadAudit, AuditLogSubject.Value, cancellationToken) is { } refusal)
            return refusal;
        var (reader, _) = await BeginAsync(search, after, actor.TenantId, cancellationToken);
        return Result.Of(ReadAsync(reader, search, CancellationToken.None));
    }

    private async Task<(AuditReader Reader, long Head)> BeginAsync(AuditSearch search, long after, Guid tenantId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        var source = await AuditSource.ChooseAsync(context, search, cancellationToken);
        var bounds = await AuditBounds.FindAsync(context, search, cancellationToken);
        var head = await context.Set<AuditHead>().Select(row => row.Size).SingleAsync(cancellationToken);
        bounds = new AuditBounds(Math.Max(bounds.After, after), Math.Min(bounds.Before, head + 1));
        return (new AuditReader(db, tenantId, source, bounds, down: false), head);
    }

    private async IAsyncEnumerable<AuditRow> ReadAsync(AuditReader reader, AuditSearch search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var permit = scans.BeginExport();
        Task<List<AuditRow>> ReadPieceAsync(AuditRow? last, CancellationToken cancel) => permit.ReadAsync(() => reader.ReadAsync(Piece, cancel), cancel);
        await foreach (var piece in KeysetBatches.ReadAsync<AuditRow>(ReadPieceAsync, Piece, cancellationToken))
        {
            foreach (var row in piece)
            {
                if (search.Holds(row))
                    yield return row;
            }
        }
    }
}
