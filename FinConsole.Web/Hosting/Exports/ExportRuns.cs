using System.Collections.Concurrent;
using System.Security.Claims;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Exports;

/// <summary>
/// The exports of this instance. A page begins one and gets its id; the download with that id, from the same session, carries it out.
/// So another site's link to an export's address exports nothing, and the page can show and stop what the browser downloads.
/// </summary>
public sealed class ExportRuns(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, ExportRun> _runs = new();

    public ExportRun Begin(ClaimsPrincipal user)
    {
        if (user.FindId(ConsoleClaims.Tenant) is not { } tenant || user.FindId(ConsoleClaims.Session) is not { } session)
            throw new InvalidOperationException("Nobody is signed in.");
        var run = new ExportRun(Ids.New(time), tenant, session);
        _runs[run.Id] = run;
        return run;
    }

    /// <summary>The run that waits under this id for this session; null for any other, and the second time.</summary>
    internal ExportRun? Take(Guid id, ClaimsPrincipal user) =>
        _runs.TryGetValue(id, out var run) && run.TenantId == user.FindId(ConsoleClaims.Tenant) && run.SessionId == user.FindId(ConsoleClaims.Session) && run.TryBegin()
            ? run
            : null;

    /// <summary>The page that began it is gone, or begins another: nobody could stop it any more, so a download that still runs goes on to its end.</summary>
    public void Forget(ExportRun run) => _runs.TryRemove(run.Id, out _);
}
