using FinConsole.Core.Audit.Export;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Authorization;
using FinConsole.Web.Hosting.Exports;

namespace FinConsole.Web.Audit;

/// <summary>The log as a file. Without a search, NDJSON is the full export that <c>audit verify-export</c> takes.</summary>
public static class AuditExport
{
    public static void MapAudit(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(ConsoleUrls.AuditExport, (HttpContext http, ExportResponse answer, ExportAuditLog export, TimeProvider time) =>
        {
            var actor = CurrentActor.Of(http);
            var query = http.Request.Query["q"].ToString();
            if (!ExportResponse.TryReadZone(http, out var zone))
                return Task.CompletedTask;
            return answer.WriteAsync(http, "audit-log", Columns(actor.TenantId), async (format, run, cancellationToken) =>
            {
                var (search, fault) = AuditSearchParser.Parse(query, new AuditSearchClock(time.GetUtcNow(), zone));
                return search is null
                    ? new Error(ErrorKind.Invalid, "invalid_search", fault!.Message)
                    : await export.HandleAsync(search, query, format, actor, run, cancellationToken);
            });
        }).RequirePermission(Permission.ReadAudit);

    // Names and forms are those of AuditExportLine, which reads them back.
    internal static ExportColumn<AuditRow>[] Columns(Guid tenantId) =>
    [
        new("tenantId", (_, cell) => cell.Id(tenantId)),
        new("sequence", (row, cell) => cell.Number(row.Sequence)),
        new("at", (row, cell) => cell.Time(row.At)),
        new("action", (row, cell) => cell.Text(row.Action.Name())),
        new("actorKind", (row, cell) => cell.Text(row.ActorKind.Name())),
        new("actorId", (row, cell) => cell.Id(row.ActorId)),
        new("actorName", (row, cell) => cell.Text(row.ActorName)),
        new("resource", (row, cell) => cell.Text(row.Resource.Name())),
        new("resourceId", (row, cell) => cell.Id(row.ResourceId)),
        new("resourceName", (row, cell) => cell.Text(row.ResourceName)),
        new("result", (row, cell) => cell.Text(row.Result.Name())),
        new("ip", (row, cell) => cell.Text(row.Ip)),
        new("userAgent", (row, cell) => cell.Text(row.UserAgent)),
        new("correlationId", (row, cell) => cell.Text(row.CorrelationId)),
        new("metadata", (row, cell) => cell.Json(row.Metadata)),
        new("link", (row, cell) => cell.Text(Convert.ToHexStringLower(row.Link))),
    ];
}
