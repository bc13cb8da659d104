using System.ComponentModel;
using System.Text.Json;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Export;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Exports;
using Microsoft.AspNetCore.Mvc;

namespace FinConsole.Web.Audit;

/// <summary>The audit log over HTTP: the page's search, and what a SIEM polls.</summary>
internal static class AuditApi
{
    private const string Ndjson = "application/x-ndjson";

    private static readonly ApiAccess Readers = ApiAccess.Member(Permission.ReadAudit).OrScope("read:audit").As(AuditAction.AccessRefused, AuditResource.AuditLog, "Audit log");

    public static void MapAuditApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", ReadAsync).Allow(Readers).Responds<AuditListResponse>().AlsoAs(Ndjson).Refuses(BadSearch("…"), ScanErrors.Busy)
            .Describe(
                "readAuditLog", "Read the audit log",
                "Searches the log, newest first, as the page does. With after it reads on from that number, oldest first: a program that polls sends the lastSequence of the answer before. "
                + "With Accept: application/x-ndjson it streams everything up to the end, one entry a line; from the beginning on, that is a full export and stands in the log itself.");
        api.MapGet("/audit/checkpoint", CheckpointAsync).Allow(Readers).Responds<AuditCheckpoint>().Refuses(CheckpointErrors.KeyMissing, CheckpointErrors.KeyAltered)
            .Describe("getAuditCheckpoint", "Get a checkpoint", "Signs how long the log is now and how it ends. Kept elsewhere, it reveals a rewritten past and a truncated end.");
    }

    private static async Task<IResult> ReadAsync([AsParameters] AuditQuery query, AuditReaders readers, HttpContext http, ApiCaller caller)
    {
        var (search, fault) = AuditSearchParser.Parse(query.Q, new AuditSearchClock(readers.Time.GetUtcNow(), TimeZoneInfo.Utc));
        if (search is null)
            return ApiResponses.Refusal(BadSearch(fault!.Message).On("q"));
        if (query.After < 0)
            return ApiResponses.Refusal(ApiProblem.MalformedAt("after", AuditApiErrorTexts.After));
        var page = new ListQuery(query.Cursor, query.Limit);
        if (page.Fault(ListCursor.Sequence) is { } wrong)
            return wrong;

        var actor = await caller.ActorAsync();
        if (ApiMedia.IsPreferred(http.Request, Ndjson))
            return await StreamAsync(readers, search, query, actor, http.RequestAborted);
        var limit = page.Limit ?? ListQuery.DefaultLimit;
        if (query.After is { } after)
        {
            return (await readers.Follow.HandleAsync(search, after, limit, actor, http.RequestAborted))
                .ToResponse(found => Results.Ok(new AuditListResponse([.. found.Items.Select(AuditEntryResponse.Of)], null, null, found.LastSequence)));
        }

        return (await readers.Search.HandleAsync(search, page.Cursor, limit, actor, http.RequestAborted))
            .ToResponse(found => Results.Ok(new AuditListResponse([.. found.Items.Select(AuditEntryResponse.Of)], found.NextCursor, found.SearchedBackTo, null)));
    }

    private static async Task<IResult> StreamAsync(AuditReaders readers, AuditSearch search, AuditQuery query, Actor actor, CancellationToken cancellationToken)
    {
        var rows = query.After is > 0 and var after
            ? await readers.Follow.StreamAsync(search, after, actor, cancellationToken)
            : await readers.Export.HandleAsync(search, query.Q ?? "", ExportFormat.Ndjson, actor, null, cancellationToken);
        return rows.ToResponse(all => new NdjsonResponse(all, actor.TenantId));
    }

    private static async Task<IResult> CheckpointAsync(MakeAuditCheckpoint make, ApiCaller caller, CancellationToken cancellationToken) =>
        (await make.HandleAsync(await caller.ActorAsync(), cancellationToken)).ToResponse(checkpoint => Results.Text(checkpoint.ToJson(), "application/json"));

    private static Error BadSearch(string why) => new(ErrorKind.Invalid, "invalid_search", why);

    private sealed class NdjsonResponse(IAsyncEnumerable<AuditRow> rows, Guid tenantId) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = Ndjson;
            return httpContext.RequestServices.GetRequiredService<CredentialWatch>().StreamAsync(httpContext, cancellationToken => ExportWriter.WriteAsync(
                httpContext.Response.BodyWriter, rows, AuditExport.Columns(tenantId), ExportFormat.Ndjson, _ => { }, cancellationToken));
        }
    }
}

/// <summary>The three ways of reading the log.</summary>
internal sealed record AuditReaders(SearchAuditLog Search, FollowAuditLog Follow, ExportAuditLog Export, TimeProvider Time);

/// <summary>Which entries are asked for.</summary>
internal readonly record struct AuditQuery(
    [property: FromQuery, Description("A search as on the page, for example \"action:token.rotate -result:success since:7d\". Times are UTC.")] string? Q,
    [property: FromQuery, Description("Only entries behind this number, oldest first.")] long? After,
    [property: FromQuery, Description("The nextCursor of the page before; leave it out for the first.")] string? Cursor,
    [property: FromQuery, Description("How many items: 1 to 200; 50 where nothing is said.")] int? Limit);

/// <summary>A piece of the audit log.</summary>
/// <param name="Items">Newest first; with after, oldest first.</param>
/// <param name="NextCursor">Asks for the next piece; null at the end, and with after.</param>
/// <param name="SearchedBackTo">Set where the search stopped for this time before it had a full page: the next piece goes on from there.</param>
/// <param name="LastSequence">With after: everything up to this number was looked at. Send it as the next after.</param>
internal sealed record AuditListResponse(IReadOnlyList<AuditEntryResponse> Items, string? NextCursor, DateTimeOffset? SearchedBackTo, long? LastSequence);

/// <summary>One entry of the log.</summary>
/// <param name="Sequence">1, 2, 3 and so on, without gaps.</param>
/// <param name="At">When.</param>
/// <param name="Action">What was done, as resource.verb.</param>
/// <param name="ActorKind">Who did it: an account, a token, a service, or the program itself.</param>
/// <param name="ActorId">The account's or token's id.</param>
/// <param name="ActorName">Its name at the time.</param>
/// <param name="Resource">What kind of thing it was done to.</param>
/// <param name="ResourceId">That thing's id, where it has one.</param>
/// <param name="ResourceName">Its name at the time.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Ip">From which network address.</param>
/// <param name="UserAgent">As sent.</param>
/// <param name="CorrelationId">Ties together what one request did.</param>
/// <param name="Metadata">What else is to be known of it, changes with their values before and after.</param>
/// <param name="Link">SHA-256 over the entry before and this one, in hex.</param>
internal sealed record AuditEntryResponse(
    long Sequence, DateTimeOffset At, string Action, [property: OneOf("account", "token", "system", "service")] string ActorKind, Guid ActorId, string ActorName, string Resource,
    Guid? ResourceId, string ResourceName, [property: OneOf("success", "failure")] string Result, string? Ip, string? UserAgent, string CorrelationId, JsonElement Metadata, string Link)
{
    public static AuditEntryResponse Of(AuditRow row) => new(
        row.Sequence, row.At, row.Action.Name(), row.ActorKind.Name(), row.ActorId, row.ActorName, row.Resource.Name(), row.ResourceId, row.ResourceName, row.Result.Name(), row.Ip,
        row.UserAgent, row.CorrelationId, Read(row.Metadata), Convert.ToHexStringLower(row.Link));

    // Somebody may have written into the database by hand: what is no JSON goes out as the text that it is.
    private static JsonElement Read(string metadata)
    {
        try
        {
            return JsonElement.Parse(metadata);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(metadata);
        }
    }
}
