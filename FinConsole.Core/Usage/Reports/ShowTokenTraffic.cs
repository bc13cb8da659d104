using FinConsole.Core.ApiTokens;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Usage.Reports;

/// <summary>Shows what some tokens do at present: traffic, unused scopes, how far rotations have come. As many queries for a hundred tokens as for one.</summary>
public sealed class ShowTokenTraffic(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    /// <summary>After so long a scope counts as unused (fincode-api-connections, "Monitor Token Usage").</summary>
    public static readonly TimeSpan UnusedAfter = TimeSpan.FromDays(30);

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Answers by token; ids that are not the tenant's are left out.</summary>
    public async Task<Result<Dictionary<Guid, TokenTraffic>>> HandleAsync(IReadOnlyCollection<Guid> tokenIds, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadUsage, ShowUsage.Subject, cancellationToken) is { } refusal)
            return refusal;

        var now = time.GetUtcNow();
        await using var context = db.Open(actor.TenantId);
        var tokens = await context.Set<ApiToken>().AsNoTracking().Where(token => tokenIds.Contains(token.Id)).ToListAsync(cancellationToken);
        var lastDay = await LastDayAsync(context, [.. tokens.Select(token => token.Id)], now, cancellationToken);
        var unused = await UnusedScopesAsync(context, tokens, now, cancellationToken);
        var rotations = await RotationsAsync(context, tokens, now, cancellationToken);
        return tokens.ToDictionary(token => token.Id, token => new TokenTraffic(
            token.Id, lastDay.GetValueOrDefault(token.Id), token.LastUsedAt, token.LastUsedIp, token.LastUsedEndpoint, unused[token.Id], rotations.GetValueOrDefault(token.Id)));
    }

    private static async Task<Dictionary<Guid, UsageCounts>> LastDayAsync(ConsoleDbContext context, List<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = AuditHours.Of(now - Day);
        return (await context.Set<UsageHour>().AsNoTracking().Where(hour => ids.Contains(hour.TokenId) && hour.Hour >= since)
            .GroupBy(hour => hour.TokenId).SumAsync(cancellationToken)).ToDictionary(sum => sum.Key, sum => sum.Counts);
    }

    private static async Task<Dictionary<Guid, IReadOnlyList<string>>> UnusedScopesAsync(ConsoleDbContext context, List<ApiToken> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - UnusedAfter;
        var sinceHour = AuditHours.Of(since);
        // Younger ones have had no time to use what they have.
        var old = tokens.Where(token => token.CreatedAt <= since).Select(token => token.Id).ToList();
        var uses = old.Count == 0 ? [] : await context.Set<TokenScopeUse>().AsNoTracking()
            .Where(use => old.Contains(use.TokenId) && use.LastHour >= sinceHour).Select(use => new { use.TokenId, use.Scope }).ToListAsync(cancellationToken);
        var used = uses.ToLookup(use => use.TokenId, use => use.Scope);
        return tokens.ToDictionary(token => token.Id, token => (IReadOnlyList<string>)(token.CreatedAt > since
            ? []
            : [.. TokenScopes.Split(token.Scopes).Where(scope => !used[token.Id].Any(one => TokenScopes.Cover([scope], [one])))]));
    }

    private static async Task<Dictionary<Guid, RotationTraffic>> RotationsAsync(ConsoleDbContext context, List<ApiToken> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var heads = tokens.Where(token => token is { PredecessorId: not null, AcknowledgedAt: not null, EndedAt: null }).ToList();
        if (heads.Count == 0)
            return [];
        var successors = heads.Select(token => (Guid?)token.Id).ToList();
        var olds = await context.Set<ApiToken>().AsNoTracking()
            .Where(token => successors.Contains(token.SuccessorId) && token.EndedAt == null && token.OverlapEndsAt > now && token.ExpiresAt > now)
            .Select(token => new { token.Id, Successor = token.SuccessorId!.Value, token.LastUsedAt }).ToDictionaryAsync(token => token.Successor, cancellationToken);
        var pairs = heads.Where(head => olds.ContainsKey(head.Id)).Select(head => (New: head, Old: olds[head.Id].Id, OldUsed: olds[head.Id].LastUsedAt)).ToList();
        if (pairs.Count == 0)
            return [];

        var ids = pairs.SelectMany(pair => new[] { pair.Old, pair.New.Id }).ToList();
        var earliest = AuditHours.Of(pairs.Min(pair => pair.New.AcknowledgedAt!.Value));
        var hours = (await context.Set<UsageHour>().AsNoTracking().Where(hour => ids.Contains(hour.TokenId) && hour.Hour >= earliest)
            .GroupBy(hour => new { hour.TokenId, hour.Hour, hour.Status })
            .Select(group => new { group.Key.TokenId, group.Key.Hour, group.Key.Status, Count = group.Sum(hour => hour.Count) }).ToListAsync(cancellationToken)).ToLookup(hour => hour.TokenId);
        return pairs.ToDictionary(pair => pair.New.Id, pair =>
        {
            var saved = pair.New.AcknowledgedAt!.Value;
            var quiet = RotationRule.QuietFor(pair.New.Overlap.Length());
            long RequestsOf(Guid token) => hours[token].Where(hour => hour.Hour >= AuditHours.Of(saved))
                .Aggregate(default(UsageCounts), (sum, hour) => sum.Plus(hour.Status, hour.Count)).Requests;
            return new RotationTraffic(
                pair.Old, RequestsOf(pair.Old), RequestsOf(pair.New.Id), pair.OldUsed, quiet, RotationRule.IsSafe(saved, pair.OldUsed, pair.New.LastUsedAt, quiet, now));
        });
    }
}
