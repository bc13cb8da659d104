using System.IO.Pipelines;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Web.Audit;
using FinConsole.Web.Hosting.Exports;

namespace FinConsole.Tests.Audit;

/// <summary>Full exports without a browser.</summary>
internal static class AuditExports
{
    public static AuditRow RowOf(AuditEntry entry) => new(
        entry.Sequence, entry.At, entry.Action, entry.ActorKind, entry.ActorId, entry.ActorName, entry.Resource, entry.ResourceId, entry.ResourceName,
        entry.Result, entry.Ip, entry.UserAgent, entry.CorrelationId, entry.Metadata, entry.Link);

    public static async Task<byte[]> WriteAsync(Guid tenantId, IEnumerable<AuditEntry> log)
    {
        using var file = new MemoryStream();
        await WriteAsync(file, tenantId, log.Select(RowOf).ToAsyncEnumerable());
        return file.ToArray();
    }

    public static async Task WriteAsync(Stream file, Guid tenantId, IAsyncEnumerable<AuditRow> rows)
    {
        var pipe = PipeWriter.Create(file, new StreamPipeWriterOptions(leaveOpen: true));
        await ExportWriter.WriteAsync(pipe, rows, AuditExport.Columns(tenantId), ExportFormat.Ndjson, _ => { }, Stop);
        await pipe.CompleteAsync();
    }
}
