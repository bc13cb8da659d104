using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Search;

/// <summary>Names to suggest.</summary>
/// <param name="Actors">Those who did something lately, the latest first.</param>
/// <param name="Resources">What was done something to lately, the latest first.</param>
public sealed record AuditNames(IReadOnlyList<string> Actors, IReadOnlyList<string> Resources)
{
    public static readonly AuditNames None = new([], []);
}

/// <summary>Lists the names of the log's newest entries: enough to suggest from, and one short read.</summary>
public sealed class RecentAuditNames(ConsoleDb db, PermissionGuard guard)
{
    private const int Entries = 500;
    private const int MostNames = 50;

    public async Task<Result<AuditNames>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadAudit, AuditLogSubject.Value, cancellationToken) is { } refusal)
            return refusal;
        await using var context = db.Open(actor.TenantId);
        var rows = await context.Set<AuditEntry>().OrderByDescending(entry => entry.Sequence).Take(Entries)
            .Select(entry => new { entry.ActorName, entry.ResourceName }).ToListAsync(cancellationToken);
        return new AuditNames(Pick(rows.Select(row => row.ActorName)), Pick(rows.Select(row => row.ResourceName)));
    }

    private static List<string> Pick(IEnumerable<string> names) => [.. names.Where(name => name.Length > 0).Distinct().Take(MostNames)];
}
