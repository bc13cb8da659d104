using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Usage.Recording;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Usage.Gateways;

/// <summary>One request that a gateway let through.</summary>
public sealed record GatewayRequest(Guid TokenId, string Method, string Path, int Status, DateTimeOffset At, string? Ip);

/// <summary>What became of a report.</summary>
/// <param name="Counted">How many requests were counted.</param>
/// <param name="Skipped">How many were of tokens that nobody knows.</param>
public sealed record GatewayReport(int Counted, int Skipped);

/// <summary>
/// Counts what the operator's gateways let through and report afterwards. All or nothing: a report with a faulty item counts nothing.
/// For service tokens alone, which the host checks; it changes nothing of a tenant's but counts and the time of the last use.
/// </summary>
public sealed class ReportGatewayUsage(ConsoleDb db, UsageRecorder recorder, TimeProvider time)
{
    public const int MostItems = 1_000;
    private const int LongestPath = 4_000;

    /// <summary>How late a report may come.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(7);

    // Clocks differ.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public async Task<Result<GatewayReport>> HandleAsync(IReadOnlyList<GatewayRequest> requests, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (requests.Count is 0 or > MostItems)
            return Error.Invalid(new Dictionary<string, string> { ["items"] = Texts.Format(GatewayUsageTexts.Count, MostItems) });
        for (var index = 0; index < requests.Count; index++)
        {
            if (FindFault(requests[index], now) is var (field, message))
                return Error.Invalid(new Dictionary<string, string> { [$"items[{index}].{field}"] = message });
        }

        var ids = requests.Select(request => request.TokenId).Distinct().ToList();
        await using var context = db.OpenForOperator();
        var tenants = await context.Set<ApiToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).Where(token => ids.Contains(token.Id))
            .Select(token => new { token.Id, token.TenantId }).ToDictionaryAsync(token => token.Id, token => token.TenantId, cancellationToken);
        var counted = 0;
        foreach (var request in requests)
        {
            if (!tenants.TryGetValue(request.TokenId, out var tenant))
                continue;
            var address = IpText.TryParse(request.Ip, out var ip) ? IpText.Plain(ip) : null;
            // A gateway's clock may be ahead; nothing is used in the future.
            var at = request.At > now ? now : request.At;
            recorder.Count(new UsageEvent(tenant, request.TokenId, GatewayEndpoint.Of(request.Method, request.Path), request.Status, address, null, at));
            counted++;
        }

        return new GatewayReport(counted, requests.Count - counted);
    }

    private static (string Field, string Message)? FindFault(GatewayRequest? request, DateTimeOffset now) => request switch
    {
        null => ("tokenId", GatewayUsageTexts.Missing),
        { TokenId: var id } when id == Guid.Empty => ("tokenId", GatewayUsageTexts.Token),
        _ when !GatewayEndpoint.IsMethod(request.Method) => ("method", GatewayUsageTexts.Method),
        { Path: not ['/', ..] } or { Path.Length: > LongestPath } => ("path", Texts.Format(GatewayUsageTexts.Path, LongestPath)),
        { Status: < 100 or > 599 } => ("status", GatewayUsageTexts.Status),
        _ when request.At > now + Ahead || request.At < now - Oldest => ("at", Texts.Format(GatewayUsageTexts.Time, Oldest.Days)),
        { Ip: { } ip } when !IpText.TryParse(ip, out _) => ("ip", GatewayUsageTexts.Ip),
        _ => null,
    };
}
