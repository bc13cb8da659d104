using FinConsole.Core.SignIn.Sessions;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Circuits;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace FinConsole.Web.Components.Layout;

/// <summary>
/// Watches the session's end from inside its page, and warns two minutes before it idles out. Other tabs of the same session keep it
/// alive as well, so the time is read from the session itself and not guessed from this page. Watching is no activity. A session that
/// turns out to be over is cut off at once, whoever else looks for such ones.
/// </summary>
public sealed partial class SessionWarning(
    CheckSession sessions, LiveSessions live, CurrentActor current, TimeProvider time, ILogger<SessionWarning> logger) : IDisposable
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
        try
        {
            var actor = await current.GetAsync();
            if (actor.SessionId is not { } sessionId)
                return LongestPause;
            if (await sessions.FindEndAsync(actor.TenantId, sessionId, _gone.Token) is { } end)
                return await ShowAsync(end);
            live.End(sessionId);
        }
        catch (Exception failure) when (!_gone.IsCancellationRequested)
        {
            LogNotLooked(failure);
        }

        return _open ? PauseWhileWarning : LongestPause;
    }

    private async Task<TimeSpan> ShowAsync(SessionEndTime end)
    {
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

    private async Task StayAsync()
    {
        try
        {
            var actor = await current.GetAsync();
            if (actor.SessionId is { } sessionId && !await sessions.TouchAsync(actor.TenantId, sessionId, _gone.Token))
                live.End(sessionId);
        }
        catch (Exception failure) when (!_gone.IsCancellationRequested)
        {
            // The question stays open: it can be answered again.
            LogNotProlonged(failure);
            return;
        }

        // Where the session's longest life is what ends, pressing the button changes nothing; said once is enough.
        _acknowledged = _endsAt;
        _open = false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not read when its session ends; trying again")]
    private partial void LogNotLooked(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A session could not be prolonged from its page")]
    private partial void LogNotProlonged(Exception failure);
}
