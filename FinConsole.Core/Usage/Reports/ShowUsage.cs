using FinConsole.Core.ApiTokens;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Usage.Reports;

/// <summary>Shows how a tenant's tokens are used, from the counted hours alone.</summary>
public sealed class ShowUsage(ConsoleDb db, PermissionGuard guard)
{
    /// <summary>How many tokens, endpoints and countries are named.</summary>
    public const int MostShares = 50;

    public const int MostDaysByHour = 31;
    public const int MostDays = 400;

    private const int LongestCountry = 2;

    private static readonly DateTimeOffset LatestEnd = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static readonly AuditSubject Subject = new(AuditResource.Token, null, "Usage");

    /// <param name="query">What to show.</param>
    /// <param name="zone">Whose days the steps are.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<UsageView>> HandleAsync(UsageQuery query, TimeZoneInfo zone, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadUsage, Subject, cancellationToken) is { } refusal)
            return refusal;
        if (FindFault(query) is { } fault)
            return fault;

        var edges = UsageSteps.Edges(query.From, query.To, query.By, zone);
        await using var context = db.Open(actor.TenantId);
        var hours = Select(context, query, edges);
        var steps = await StepsAsync(hours, edges, cancellationToken);
        return new UsageView(
            edges[0], edges[^1], query.By,
            await hours.GroupBy(_ => 1).SumAsync(cancellationToken) is [var all] ? all.Counts : default,
            steps,
            await TokensAsync(context, hours, cancellationToken),
            [.. (await hours.GroupBy(hour => hour.Endpoint).SumAsync(cancellationToken)).Select(share => new UsageShare(share.Key, share.Counts))],
            [.. (await hours.GroupBy(hour => hour.Country).SumAsync(cancellationToken)).Select(share => new UsageShare(share.Key, share.Counts))]);
    }

    private static Error? FindFault(UsageQuery query)
    {
        if (query.From >= query.To)
            return UsageErrors.PeriodBackwards;
        if (query.From < DateTimeOffset.UnixEpoch || query.To > LatestEnd)
            return UsageErrors.PeriodOutside;
        var most = query.By == UsageUnit.Hour ? MostDaysByHour : MostDays;
        // A day more: a period of so many days cuts one at each end.
        return query.To - query.From > TimeSpan.FromDays(most + 1)
            ? UsageErrors.PeriodTooLong(most, query.By == UsageUnit.Hour ? UsageErrorTexts.Hour : UsageErrorTexts.Day)
            : null;
    }

    private static IQueryable<UsageHour> Select(ConsoleDbContext context, UsageQuery query, IReadOnlyList<DateTimeOffset> edges)
    {
        var (first, end) = (AuditHours.Of(edges[0]), AuditHours.Of(edges[^1]));
        var hours = context.Set<UsageHour>().AsNoTracking().Where(hour => hour.Hour >= first && hour.Hour < end);
        if (query.TokenId is { } token)
            hours = hours.Where(hour => hour.TokenId == token);
        if (query.Endpoint is { } asked)
        {
            var endpoint = PlainText.ForStorage(asked, ApiToken.LongestEndpoint + 1);
            hours = hours.Where(hour => hour.Endpoint == endpoint);
        }

        if (query.Country is { } code)
        {
            var country = PlainText.ForStorage(code, LongestCountry + 1);
            hours = hours.Where(hour => hour.Country == country);
        }

        return hours;
    }

    private static async Task<IReadOnlyList<UsageStep>> StepsAsync(IQueryable<UsageHour> hours, IReadOnlyList<DateTimeOffset> edges, CancellationToken cancellationToken)
    {
        var sums = await hours.GroupBy(hour => new { hour.Hour, hour.Status })
            .Select(group => new { group.Key.Hour, group.Key.Status, Count = group.Sum(hour => hour.Count) }).ToListAsync(cancellationToken);
        var counts = new UsageCounts[edges.Count - 1];
        foreach (var sum in sums)
        {
            ref var step = ref counts[ShowAuditVolume.IndexOf(edges, AuditHours.StartOf(sum.Hour))];
            step = step.Plus(sum.Status, sum.Count);
        }

        return [.. counts.Select((count, index) => new UsageStep(edges[index], edges[index + 1], count))];
    }

    private static async Task<IReadOnlyList<UsageOfToken>> TokensAsync(ConsoleDbContext context, IQueryable<UsageHour> hours, CancellationToken cancellationToken)
    {
        var shares = await hours.GroupBy(hour => hour.TokenId).SumAsync(cancellationToken);
        var ids = shares.Select(share => share.Key).ToList();
        var tokens = await context.Set<ApiToken>().AsNoTracking().Where(token => ids.Contains(token.Id))
            .Select(token => new { token.Id, token.Name, Masked = token.Prefix + "…" + token.LastFour, token.Environment })
            .ToDictionaryAsync(token => token.Id, cancellationToken);
        return
        [
            .. from share in shares
               where tokens.ContainsKey(share.Key)
               let token = tokens[share.Key]
               select new UsageOfToken(token.Id, token.Name, token.Masked, token.Environment, share.Counts),
        ];
    }
}
