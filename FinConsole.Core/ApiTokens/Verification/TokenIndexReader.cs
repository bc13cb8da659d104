using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>A token's row, as far as verification asks.</summary>
internal sealed record IndexedRow(
    byte[] LookupKey, Guid Id, Guid TenantId, Guid CashierId, TokenEnvironment Environment, string Scopes, string Allowlist, DateTimeOffset ExpiresAt,
    DateTimeOffset? OverlapEndsAt, bool Acknowledged, bool Disabled, bool Ended, bool EndsPredecessor);

/// <summary>Reads what the index holds, of all tenants: everything at start, and later what changed.</summary>
internal sealed class TokenIndexReader(ConsoleDb db, TimeProvider time)
{
    /// <summary>For so long an ended token is still recognised as one that was ours, and not taken for an unknown one.</summary>
    public static readonly TimeSpan RememberEnded = TimeSpan.FromDays(180);

    /// <summary>So many rows are handed over at a time.</summary>
    public const int PieceSize = 2000;

    private const int MostInOneQuery = 500;

    /// <summary>Every token that lives or ended not long ago, one after the other: on another thread, while the next ones are read.</summary>
    public async Task ReadAllAsync(Action<IndexedRow> each, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - RememberEnded;
        await using var context = db.OpenForOperator();
        var rows = Project(context, Tokens(context).Where(token => token.EndedAt == null || token.EndedAt > since));
        var (piece, taking) = (new List<IndexedRow>(PieceSize), Task.CompletedTask);
        try
        {
            await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                piece.Add(row);
                if (piece.Count < PieceSize)
                    continue;
                await taking;
                var full = piece;
                taking = Task.Run(() => full.ForEach(each), CancellationToken.None);
                piece = new List<IndexedRow>(PieceSize);
            }
        }
        finally
        {
            // Nothing that was read before a failure arrives behind what a next try reads.
            await taking;
        }

        piece.ForEach(each);
    }

    /// <summary>Those of the cashiers that may be acted as, and those of the tenants that are open; all there are, where none are named.</summary>
    public async Task<IReadOnlySet<Guid>> ReadOpenAsync(ChangeKind kind, IReadOnlyCollection<Guid>? ids, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var open = kind == ChangeKind.Tenant
            ? context.Set<Tenant>().Where(tenant => tenant.ClosedAt == null).Select(tenant => tenant.Id)
            : context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
                .Where(member => member.DeactivatedAt == null && member.Role == Role.Cashier).Select(member => member.Id);
        if (ids is null)
            return (await open.ToListAsync(cancellationToken)).ToHashSet();

        var found = new HashSet<Guid>();
        foreach (var chunk in ids.Chunk(MostInOneQuery))
            found.UnionWith(await open.Where(id => chunk.Contains(id)).ToListAsync(cancellationToken));
        return found;
    }

    public async Task<IReadOnlyList<IndexedRow>> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var found = new List<IndexedRow>(ids.Count);
        foreach (var chunk in ids.Chunk(MostInOneQuery))
            found.AddRange(await Project(context, Tokens(context).Where(token => chunk.Contains(token.Id))).ToListAsync(cancellationToken));
        return found;
    }

    private static IQueryable<ApiToken> Tokens(ConsoleDbContext context) =>
        context.Set<ApiToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).AsNoTracking();

    private static IQueryable<IndexedRow> Project(ConsoleDbContext context, IQueryable<ApiToken> tokens) => tokens.Select(token => new IndexedRow(
        token.LookupKey, token.Id, token.TenantId, token.CashierId, token.Environment, token.Scopes, token.Allowlist, token.ExpiresAt, token.OverlapEndsAt,
        token.AcknowledgedAt != null, token.DisabledAt != null, token.EndedAt != null,
        token.EndsPredecessorOnUse && Tokens(context).Any(old => old.Id == token.PredecessorId && old.EndedAt == null)));
}
