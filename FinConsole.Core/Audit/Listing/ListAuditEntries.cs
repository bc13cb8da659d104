using System.Globalization;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Listing;

/// <summary>What to show of the log, newest first.</summary>
/// <param name="Action">Only this action.</param>
/// <param name="Actor">Only actors whose name begins so; addresses in any letter case.</param>
/// <param name="From">Not before.</param>
/// <param name="To">Before, exclusive.</param>
/// <param name="Cursor">From <see cref="Page{T}.NextCursor"/>.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record AuditFilter(
    AuditAction? Action = null, string? Actor = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Cursor = null, int Limit = 50);

/// <summary>One row of the log.</summary>
public sealed record AuditRow(
    long Sequence, DateTimeOffset At, AuditAction Action, ActorKind ActorKind, Guid ActorId, string ActorName, AuditResource Resource,
    Guid? ResourceId, string ResourceName, AuditResult Result, string? Ip, string? UserAgent, string CorrelationId, string Metadata, byte[] Link);

/// <summary>Pages through a tenant's audit log by its sequence number.</summary>
public sealed class ListAuditEntries(ConsoleDb db, PermissionGuard guard)
{
    public const int LargestPage = 200;

    public async Task<Result<Page<AuditRow>>> HandleAsync(AuditFilter filter, Actor actor, CancellationToken cancellationToken)
    {
        var refusal = await guard.CheckAsync(actor, Permission.ReadAudit, AuditLogSubject.Value, cancellationToken);
        if (refusal is not null)
            return refusal;

        var size = Math.Clamp(filter.Limit, 1, LargestPage);
        await using var context = db.Open(actor.TenantId);
        var rows = await Matching(context.Set<AuditEntry>().AsNoTracking(), filter)
            .OrderByDescending(entry => entry.Sequence)
            .Take(size + 1)
            .Select(entry => new AuditRow(entry.Sequence, entry.At, entry.Action, entry.ActorKind, entry.ActorId, entry.ActorName, entry.Resource,
                entry.ResourceId, entry.ResourceName, entry.Result, entry.Ip, entry.UserAgent, entry.CorrelationId, entry.Metadata, entry.Link))
            .ToListAsync(cancellationToken);
        return Page<AuditRow>.Of(rows, size, row => new Cursor(row.Sequence.ToString(CultureInfo.InvariantCulture), ""));
    }

    private static IQueryable<AuditEntry> Matching(IQueryable<AuditEntry> entries, AuditFilter filter)
    {
        if (filter.Action is { } action)
            entries = entries.Where(entry => entry.Action == action);
        // Cut and without NUL, which PostgreSQL refuses: what is longer than any name finds nothing anyway.
        if (PlainText.ForStorage(filter.Actor ?? "", AuditEntry.LongestName + 1).Trim() is { Length: > 0 } actor)
        {
            // Addresses are kept in lower case, other names as they were written; both ways the index serves.
            var address = actor.ToLowerInvariant();
            entries = entries.Where(entry => entry.ActorName.StartsWith(actor) || entry.ActorName.StartsWith(address));
        }

        if (filter.From is { } from)
            entries = entries.Where(entry => entry.At >= from);
        if (filter.To is { } to)
            entries = entries.Where(entry => entry.At < to);
        if (Cursor.Parse(filter.Cursor) is { } cursor && long.TryParse(cursor.Key, CultureInfo.InvariantCulture, out var before))
            entries = entries.Where(entry => entry.Sequence < before);
        return entries;
    }
}
