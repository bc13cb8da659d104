using System.Globalization;
using System.IO.Pipelines;
using FinConsole.Core.Audit.Export;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Common;
using FinConsole.Web.Audit;
using FinConsole.Web.Hosting.Exports;

namespace FinConsole.Bench.Lists;

/// <summary>The audit log, through its own use cases.</summary>
internal sealed class AuditLists(long rows)
{
    public const string Raw = "SELECT * FROM \"AuditEntries\" ORDER BY \"TenantId\", \"Sequence\"";

    public IReadOnlyList<PageKind> Kinds =>
    [
        new("Audit log", (host, deep) => PageAsync(host, "", deep)),
        new("Audit log, `actor:` a name", (host, deep) => PageAsync(host, $"actor:{host.Population.BusyPerson.Email}", deep)),
        new("Audit log, `ip:` an address", (host, deep) => PageAsync(host, $"ip:{host.Population.BusyAddress.Ip}", deep)),
        new("Audit log, `action:token.create`", (host, deep) => PageAsync(host, "action:token.create", deep)),
        new("Audit log, `action:token` (nine actions)", (host, deep) => PageAsync(host, "action:token", deep)),
        new("Audit log, `result:failure`", (host, deep) => PageAsync(host, "result:failure", deep)),
        new("Audit log, `-action:session -result:failure`", (host, deep) => PageAsync(host, "-action:session -result:failure", deep)),
    ];

    /// <summary>Writes so many of the oldest entries as CSV to nowhere.</summary>
    public static async Task<long> ExportAsync(BenchHost host, long most, Action<long> at)
    {
        var export = await host.Get<ExportAuditLog>().HandleAsync(AuditSearch.Everything, "", ExportFormat.Csv, host.Admin, null, CancellationToken.None);
        var written = 0L;
        await ExportWriter.WriteAsync(
            PipeWriter.Create(Stream.Null), Limit.To(export.Value!, most, at), AuditExport.Columns(host.TenantId), ExportFormat.Csv, count => written = count, CancellationToken.None);
        return written;
    }

    /// <summary>A search for words that nobody wrote: it walks back as far as one search goes.</summary>
    public static async Task WalkAsync(BenchHost host) =>
        await host.Get<SearchAuditLog>().HandleAsync(Parse(host, "\"never written by anybody\""), null, PageMeasure.PageSize, host.Admin, CancellationToken.None);

    public static async Task HistogramAsync(BenchHost host, string query)
    {
        var view = await host.Get<ShowAuditVolume>().HandleAsync(Parse(host, query), TimeZoneInfo.Utc, host.Admin, CancellationToken.None);
        if (view.Value!.Bars.All(bar => bar.Count is null or 0))
            throw new InvalidOperationException($"The histogram of \"{query}\" is empty.");
    }

    /// <summary>Verifies so many entries from the beginning, or all where there are no more.</summary>
    public static async Task<long> VerifyAsync(BenchHost host, long most, Action<long> at)
    {
        using var enough = new CancellationTokenSource();
        var progress = new Reached(most, at, enough);
        try
        {
            var verdict = await host.Get<ChainVerifier>().VerifyAsync(host.TenantId, null, progress, enough.Token);
            if (!verdict.Intact)
                throw new InvalidOperationException(verdict.Fault!.Describe());
        }
        catch (OperationCanceledException)
        {
            // Enough was read.
        }

        return progress.Entries;
    }

    private static AuditSearch Parse(BenchHost host, string query) =>
        AuditSearchParser.Parse(query, new AuditSearchClock(host.Get<TimeProvider>().GetUtcNow(), TimeZoneInfo.Utc)).Search ?? throw new FormatException(query);

    private async Task<int> PageAsync(BenchHost host, string query, bool deep)
    {
        var cursor = deep ? new Cursor((rows / 2).ToString(CultureInfo.InvariantCulture), "").ToString() : null;
        var page = await host.Get<SearchAuditLog>().HandleAsync(Parse(host, query), cursor, PageMeasure.PageSize, host.Admin, CancellationToken.None);
        return page.Value!.Items.Count;
    }

    private sealed class Reached(long most, Action<long> at, CancellationTokenSource enough) : IProgress<VerifiedSoFar>
    {
        public long Entries { get; private set; }

        public void Report(VerifiedSoFar value)
        {
            Entries = value.Entries;
            at(value.Entries);
            if (value.Entries >= most)
                enough.Cancel();
        }
    }
}
