using System.ComponentModel;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Usage.Gateways;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Mvc;

namespace FinConsole.Web.Usage;

/// <summary>Usage over HTTP: read by programs, reported by gateways.</summary>
internal static class UsageApi
{
    public static readonly EnumValues<UsageUnit> Units = new(("hour", UsageUnit.Hour), ("day", UsageUnit.Day));

    private static readonly TimeSpan UsualPeriod = TimeSpan.FromDays(7);

    public static void MapUsageApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/usage", ShowAsync).Allow(ApiAccess.Member(Permission.ReadUsage).OrScope("read:usage").As(AuditAction.AccessRefused, AuditResource.Token, "Usage")).Responds<UsageResponse>()
            .Refuses(ApiProblem.UnknownValue).Refuses(RefusalSets.Fields)
            .Describe("showUsage", "Show usage", "Counts the requests of the tenant's tokens over a period: step by step, and by status class, token, endpoint and country. Hours count whole; days are those of UTC.");
        api.MapPost("/usage", ReportAsync).Allow(ApiAccess.Service).Responds<UsageReportResponse>().Refuses(RefusalSets.Fields)
            .Describe("reportUsage", "Report usage", "Takes what a gateway let through, afterwards. One faulty item refuses the whole report, and nothing is counted then; items of unknown tokens are left out.");
    }

    private static async Task<IResult> ShowAsync(
        [FromQuery, Description("Inclusive; seven days before the end where nothing is said.")] DateTimeOffset? from,
        [FromQuery, Description("Exclusive; now where nothing is said.")] DateTimeOffset? to,
        [FromQuery, OneOf("hour", "day"), Description("How long a step is. By hour, 31 days can be shown at a time; by day, 400.")] string? by,
        ShowUsage show, ApiCaller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Units.TryReadOptional(by, "by", out var unit, out var refusal))
            return refusal;
        // Answered as it is understood: in UTC, by whatever offset it was sent.
        var end = (to ?? time.GetUtcNow()).ToUniversalTime();
        var start = from?.ToUniversalTime() ?? (end - DateTimeOffset.MinValue > UsualPeriod ? end - UsualPeriod : DateTimeOffset.MinValue);
        var shown = await show.HandleAsync(new UsageQuery(start, end, unit ?? UsageUnit.Day), TimeZoneInfo.Utc, await caller.ActorAsync(), cancellationToken);
        return shown.ToResponse(view => Results.Ok(UsageResponse.Of(view)));
    }

    private static async Task<IResult> ReportAsync(UsageReportBody body, ReportGatewayUsage report, CancellationToken cancellationToken)
    {
        var requests = body.Items.Select(item => new GatewayRequest(item.TokenId, item.Method, item.Path, item.Status, item.At, item.Ip)).ToList();
        return (await report.HandleAsync(requests, cancellationToken)).ToResponse(done => Results.Ok(new UsageReportResponse(done.Counted, done.Skipped)));
    }
}
