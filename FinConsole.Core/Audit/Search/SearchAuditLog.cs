using System.Globalization;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.Audit.Search;

/// <summary>A page of what a search found, newest first.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">Asks for the page after this one; null at the log's beginning.</param>
/// <param name="SearchedBackTo">How far the search looked before it stopped for this time; null when it did not have to.</param>
public sealed record AuditSearchPage(IReadOnlyList<AuditRow> Items, string? NextCursor, DateTimeOffset? SearchedBackTo);

/// <summary>
/// Searches a tenant's log, newest first. One condition is answered by an index, the others are checked row by row; a search that finds
/// little stops after <see cref="BackwardSearch.Reach"/> rows and says how far it came.
/// </summary>
public sealed class SearchAuditLog(ConsoleDb db, PermissionGuard guard, ScanLimiter scans)
{
    public const int LargestPage = 200;

    /// <param name="search">From <see cref="AuditSearchParser"/>.</param>
    /// <param name="cursor">From <see cref="AuditSearchPage.NextCursor"/>; null for the newest.</param>
    /// <param name="limit">1 to <see cref="LargestPage"/>.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<AuditSearchPage>> HandleAsync(AuditSearch search, string? cursor, int limit, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadAudit, AuditLogSubject.Value, cancellationToken) is { } refusal)
            return refusal;

        var before = Read(cursor);
        AuditSource source;
        AuditBounds bounds;
        using (var scan = scans.BeginSearch(actor.TenantId))
        await using (var context = db.Open(actor.TenantId))
        {
            source = await AuditSource.ChooseAsync(context, search, cancellationToken);
            // A cursor lies before the period's end already.
            var bounded = before is null ? search : new AuditSearch([.. search.Terms.Where(term => term is not UntilTerm)]);
            bounds = await AuditBounds.FindAsync(context, bounded, scan, cancellationToken);
        }

        bounds = bounds with { Before = Math.Min(bounds.Before, before ?? long.MaxValue) };
        return await ReadAsync(search, source, bounds, Math.Clamp(limit, 1, LargestPage), actor.TenantId, cancellationToken);
    }

    private async Task<Result<AuditSearchPage>> ReadAsync(AuditSearch search, AuditSource source, AuditBounds bounds, int size, Guid tenantId, CancellationToken cancellationToken)
    {
        var reader = new AuditReader(db, tenantId, source, bounds, down: true, search);
        DateTimeOffset? reached = null;
        async Task<List<AuditRow>> ReadSliceAsync(long? before, int count, CancellationToken cancel)
        {
            var rows = await reader.ReadAsync(count, cancel);
            reached = rows.Count > 0 ? rows[^1].At : reached;
            return rows;
        }

        using var scan = scans.BeginSearch(tenantId);
        var read = await BackwardSearch.ReadAsync(ReadSliceAsync, search.Holds, row => row.Sequence, (long?)null, size, scan, cancellationToken, source.Exact);
        if (!read.Succeeded)
            return read.Error;
        var found = read.Value;
        var next = found.NextKey is { } key ? new Cursor(key.ToString(CultureInfo.InvariantCulture), "").ToString() : null;
        return new AuditSearchPage(await reader.CompleteAsync(found.Items, cancellationToken), next, found.StoppedShort ? reached : null);
    }

    private static long? Read(string? cursor) =>
        Cursor.Parse(cursor) is { } parsed && long.TryParse(parsed.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null;
}
