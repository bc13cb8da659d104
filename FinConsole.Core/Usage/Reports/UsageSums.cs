using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Usage.Reports;

/// <summary>Sums groups of hours by status class, in the database.</summary>
internal static class UsageSums
{
    /// <summary>The groups with the most requests, those first; at most <see cref="ShowUsage.MostShares"/>.</summary>
    public static async Task<List<(TKey Key, UsageCounts Counts)>> SumAsync<TKey>(this IQueryable<IGrouping<TKey, UsageHour>> groups, CancellationToken cancellationToken)
    {
        var sums = await groups
            .Select(group => new
            {
                group.Key,
                All = group.Sum(hour => hour.Count),
                Success = group.Sum(hour => hour.Status == UsageStatus.Success ? hour.Count : 0),
                Redirect = group.Sum(hour => hour.Status == UsageStatus.Redirect ? hour.Count : 0),
                ClientError = group.Sum(hour => hour.Status == UsageStatus.ClientError ? hour.Count : 0),
                ServerError = group.Sum(hour => hour.Status == UsageStatus.ServerError ? hour.Count : 0),
            })
            .OrderByDescending(sum => sum.All).ThenBy(sum => sum.Key).Take(ShowUsage.MostShares).ToListAsync(cancellationToken);
        return
        [
            .. sums.Select(sum => (sum.Key, new UsageCounts(
                sum.Success, sum.Redirect, sum.ClientError, sum.ServerError, sum.All - sum.Success - sum.Redirect - sum.ClientError - sum.ServerError))),
        ];
    }
}
