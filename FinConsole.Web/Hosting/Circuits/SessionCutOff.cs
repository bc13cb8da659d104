using FinConsole.Core.Data.Changes;
using FinConsole.Core.SignIn.Sessions;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Cuts off the pages of sessions that end: at once when the change table says so, and within seconds when one idles out or
/// reaches its twelve hours, which no change announces.
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
                _ = LookForMfaDueAsync(change.TenantId, stoppingToken);
        });
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    // A policy that begins to require a second factor takes everything else from those who lack one, and their pages should say why.
    private async Task LookForMfaDueAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var session in live.All.Where(each => each.TenantId == tenantId))
            {
                if (await sessions.IsMfaDueAsync(tenantId, session.SessionId, cancellationToken))
                    live.TellMfaDue(session.SessionId);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotLooked(failure);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (tenantId, sessionId) in live.All)
            {
                if (!await sessions.IsLiveAsync(tenantId, sessionId, cancellationToken))
                    live.End(sessionId);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotLooked(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live sessions could not be checked; trying again")]
    private partial void LogNotLooked(Exception failure);
}
