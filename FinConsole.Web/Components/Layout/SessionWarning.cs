using FinConsole.Core.SignIn.Sessions;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Circuits;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.Components.Layout;

/// <summary>
/// Watches the session's end from inside its page, and warns two minutes before it idles out. Other tabs of the same session keep it
/// alive as well, so the time is read from the session itself and not guessed from this page. Watching is no activity. A session that
/// turns out to be over is cut off at once, whoever else looks for such ones.
/// </summary>
public sealed partial class SessionWarning(
    IDialogService dialogs, CheckSession sessions, LiveSessions live, CurrentActor current, TimeProvider time, ILogger<SessionWarning> logger)
    : ComponentBase, IDisposable
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseWhileWarning = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _gone = new();
    private IDialogReference? _warning;
    private DateTimeOffset _endsAt;
    private DateTimeOffset? _acknowledged;

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

        return _warning is null ? LongestPause : PauseWhileWarning;
    }

    private async Task<TimeSpan> ShowAsync(SessionEndTime end)
    {
        _endsAt = end.At;
        var warnBefore = end.Idle * 0.4 < WarnBefore ? end.Idle * 0.4 : WarnBefore;
        var warns = Left <= warnBefore && _acknowledged != _endsAt;
        await InvokeAsync(() => WarnAsync(warns));
        if (warns)
            return PauseWhileWarning;
        var untilWarning = Left - warnBefore;
        return untilWarning > TimeSpan.Zero && untilWarning < LongestPause ? untilWarning : LongestPause;
    }

    // Only what changes is drawn: each drawing is a message to the browser and back.
    private async Task WarnAsync(bool warns)
    {
        if (!warns)
            _warning?.Close(DialogResult.Cancel());
        else if (_warning is null)
            _ = WaitAsync(_warning = await dialogs.OpenAsync<SessionWarningDialog>(new() { { each => each.EndsAt, _endsAt } }, stays: true));
        else
            (_warning.Dialog as SessionWarningDialog)?.Show(_endsAt);
    }

    private async Task WaitAsync(IDialogReference warning)
    {
        // Where the session's longest life is what ends, pressing the button changes nothing; said once is enough.
        if (await warning.Result is { Canceled: false })
            _acknowledged = _endsAt;
        _warning = null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not read when its session ends; trying again")]
    private partial void LogNotLooked(Exception failure);
}
