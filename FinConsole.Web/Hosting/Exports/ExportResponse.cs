using System.Diagnostics.CodeAnalysis;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Circuits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace FinConsole.Web.Hosting.Exports;

/// <summary>Returns the request of an export: takes its run, asks the use case for the rows, and streams them.</summary>
public sealed partial class ExportResponse(ExportRuns runs, LiveSessions sessions, TimeProvider time, ILogger<ExportResponse> logger)
{
    private const string ZoneKey = "zone";

    /// <summary>
    /// In whose days the search or filter of an export is meant: the page knows its reader's zone, a request does not. A file has no place to say that
    /// they are others, so the request is answered here where it names no zone (404: no page made it) or one that is not there (400).
    /// </summary>
    public static bool TryReadZone(HttpContext http, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = LocalTime.FindZone(http.Request.Query[ZoneKey]);
        if (zone is null)
            http.Response.StatusCode = http.Request.Query.ContainsKey(ZoneKey) ? StatusCodes.Status400BadRequest : StatusCodes.Status404NotFound;
        return zone is not null;
    }

    /// <param name="http">The request, with <c>run</c> and <c>format</c> in its address.</param>
    /// <param name="list">What the file is called: "audit-log", for example.</param>
    /// <param name="columns">Of a row.</param>
    /// <param name="read">The use case: checks the right, writes the audit entry, and answers the rows. It reports how far it is to the run.</param>
    public async Task WriteAsync<T>(
        HttpContext http, string list, IReadOnlyList<ExportColumn<T>> columns, Func<ExportFormat, ExportRun, CancellationToken, Task<Result<IAsyncEnumerable<T>>>> read)
    {
        var format = ExportFile.Parse(http.Request.Query["format"]);
        if (format is null || runs.Take(http.Request, http.User) is not { Run: var run } attempt)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, run.Cancelled);
        // A session that ends takes its downloads with it, as it does its pages.
        using var registration = sessions.AddConnection(run.TenantId, run.SessionId, http.Abort);
        try
        {
            var rows = await read(format.Value, run, stop.Token);
            if (!rows.Succeeded)
            {
                attempt.Refuse(rows.Error.Message);
                http.Response.StatusCode = ErrorStatus.Of(rows.Error.Kind);
                return;
            }

            Head(http, ExportFile.Name(list, http.User.FindFirst(ConsoleClaims.TenantName)?.Value ?? "", format.Value, time.GetUtcNow()), format.Value);
            await ExportWriter.WriteAsync(http.Response.BodyWriter, rows.Value, columns, format.Value, attempt.CountTo, stop.Token, run.Csv);
            await http.Response.CompleteAsync();
            attempt.End(ExportState.Done);
        }
        catch (Exception failure) when (!http.Response.HasStarted && AuditChainBrokenException.IsCauseOf(failure))
        {
            attempt.Refuse(ApiProblem.AuditChainBroken.Title);
            http.Response.StatusCode = ApiProblem.AuditChainBroken.Status;
        }
        catch (Exception failure)
        {
            Break(http, attempt, failure);
        }
    }

    // Whatever happened, the download must not look whole: its connection is broken off, and browsers say that it failed.
    private void Break(HttpContext http, ExportAttempt attempt, Exception failure)
    {
        var stopped = attempt.Run.Cancelled.IsCancellationRequested || http.RequestAborted.IsCancellationRequested;
        attempt.End(stopped ? ExportState.Cancelled : ExportState.Failed);
        if (!stopped)
            LogFailed(failure, http.TraceIdentifier);
        http.Abort();
    }

    private static void Head(HttpContext http, string file, ExportFormat format)
    {
        var response = http.Response;
        response.ContentType = ExportFile.ContentType(format);
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = file }.ToString();
        // Behind nginx: it would keep megabytes to itself, and cancelling would come late.
        response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An export failed in the middle (request {RequestId})")]
    private partial void LogFailed(Exception failure, string requestId);
}
