using FinConsole.Core.Data.Changes;
using FinConsole.Core.SignIn.Sessions;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Cuts off the pages of sessions that end: at once when the change table says so, and within seconds when one idles out or
/// reaches its longest life, which no change announces.
/// </summary>
internal sealed partial class SessionCutOff(ChangeFeed feed, LiveSessions live, CheckSession sessions, TimeProvider time, ILogger<SessionCutOff> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = feed.Listen(change =>
        {
            if (change.Kind == ChangeKind.SessionEnded)
                live.End(change.SubjectId);
            else if (change.Kind == ChangeKind.Policy)
                _ = LookAsync(session => session.TenantId == change.TenantId, tellMfaDue: true, stoppingToken);
        });
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(_ => true, tellMfaDue: false, stoppingToken);
    }

    // A policy that begins to require a second factor takes everything else from those who lack one, and their pages should say why.
    private async Task LookAsync(Func<(Guid TenantId, Guid SessionId), bool> which, bool tellMfaDue, CancellationToken cancellationToken)
    {
        try
        {
            List<Guid> ids = [.. live.All.Where(which).Select(session => session.SessionId)];
            if (ids.Count == 0)
                return;
            var found = await sessions.FindMfaDueAsync(ids, cancellationToken);
            foreach (var id in ids)
            {
                if (!found.TryGetValue(id, out var mfaDue))
                    live.End(id);
                else if (mfaDue && tellMfaDue)
                    live.TellMfaDue(id);
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotLooked(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live sessions could not be checked; trying again")]
    private partial void LogNotLooked(Exception failure);
}
