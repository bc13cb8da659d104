using FinConsole.Core.SignIn.Sessions;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace FinConsole.Web.Components.Layout;

/// <summary>
/// Watches the session's end from inside its page, and warns two minutes before it idles out. Other tabs of the same session keep it
/// alive as well, so the time is read from the session itself and not guessed from this page. Watching is no activity.
/// </summary>
public sealed partial class SessionWarning(CheckSession sessions, CurrentActor current, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseWhileWarning = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _gone = new();
    private bool _open;
    private DateTimeOffset _endsAt;
    private DateTimeOffset? _acknowledged;

    [CascadingParameter]
    public Task<AuthenticationState> Authentication { get; set; } = default!;

    private TimeSpan Left => _endsAt - time.GetUtcNow();

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = WatchAsync();
    }

    private async Task WatchAsync()
    {
        try
        {
            var pause = LongestPause;
            while (true)
            {
                await Task.Delay(pause, time, _gone.Token);
                pause = await LookAsync();
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone.
        }
    }

    // Answers after what time to look again.
    private async Task<TimeSpan> LookAsync()
    {
        var actor = await current.GetAsync();
        if (actor.SessionId is not { } sessionId || await FindEndAsync(actor.TenantId, sessionId) is not { } end)
            return LongestPause;

        _endsAt = end.At;
        var warnBefore = end.Idle * 0.4 < WarnBefore ? end.Idle * 0.4 : WarnBefore;
        var open = Left <= warnBefore && _acknowledged != _endsAt;
        // Only what changes is drawn: each drawing is a message to the browser and back.
        if (open || _open)
        {
            _open = open;
            await InvokeAsync(StateHasChanged);
        }

        if (open)
            return PauseWhileWarning;
        var untilWarning = Left - warnBefore;
        return untilWarning > TimeSpan.Zero && untilWarning < LongestPause ? untilWarning : LongestPause;
    }

    private async Task<SessionEndTime?> FindEndAsync(Guid tenantId, Guid sessionId)
    {
        try
        {
            return await sessions.FindEndAsync(tenantId, sessionId, _gone.Token);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException)
        {
            return null;
        }
    }

    private async Task StayAsync()
    {
        var actor = await current.GetAsync();
        if (actor.SessionId is { } sessionId)
            await sessions.TouchAsync(actor.TenantId, sessionId, _gone.Token);
        // Where the session's longest life is what ends, pressing the button changes nothing; said once is enough.
        _acknowledged = _endsAt;
        _open = false;
    }
}
