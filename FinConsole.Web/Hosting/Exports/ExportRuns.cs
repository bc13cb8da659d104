using System.Collections.Concurrent;
using System.Security.Claims;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Exports;

/// <summary>
/// The exports of this instance. A page begins one and gets its id; the download with that id, from the same session, carries it out.
/// So another site's link to an export's address exports nothing, and the page can show and stop what the browser downloads. A page that is gone
/// stops nothing: a download that runs goes on to its end, and one that the browser handed to a download manager can begin.
/// </summary>
public sealed class ExportRuns(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, ExportRun> _runs = new();

    /// <param name="user">Who asks in the page.</param>
    /// <param name="url">What is to be exported: a path, perhaps with a query, without <c>format</c> and <c>run</c>.</param>
    /// <param name="format">As what.</param>
    /// <param name="csv">What CSV looks like; NDJSON looks one way.</param>
    public ExportRun Begin(ClaimsPrincipal user, string url, ExportFormat format, CsvOptions? csv = null)
    {
        if (user.FindId(ConsoleClaims.Tenant) is not { } tenant || user.FindId(ConsoleClaims.Session) is not { } session)
            throw new InvalidOperationException("Nobody is signed in.");
        var (id, now) = (Ids.New(time), time.GetUtcNow());
        var sign = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var options = format == ExportFormat.Csv && csv is not null ? csv : CsvOptions.Default;
        var run = new ExportRun(id, tenant, session, $"{url}{sign}format={format.Word()}&{options.Query}run={id:D}", now + ExportRun.Life, options);
        foreach (var old in _runs.Values.Where(old => old.Until <= now))
            _runs.TryRemove(old.Id, out _);
        _runs[run.Id] = run;
        return run;
    }

    /// <summary>A download of the run that this address was given out for; null for any other session, for another address, and too late.</summary>
    internal ExportAttempt? Take(HttpRequest request, ClaimsPrincipal user) =>
        Guid.TryParse(request.Query["run"], out var id) && _runs.TryGetValue(id, out var run)
        && run.TenantId == user.FindId(ConsoleClaims.Tenant) && run.SessionId == user.FindId(ConsoleClaims.Session) && run.IsLinkOf(request)
            ? run.TryBegin(time.GetUtcNow())
            : null;
}
