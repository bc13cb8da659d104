using FinConsole.Core.SignIn.Sessions;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace FinConsole.Web.Components.Layout;

/// <summary>
/// Watches the session's last activity from inside its page, and warns two minutes before it idles out. Other tabs of the same
/// session keep it alive as well, so the time is read from the session itself and not guessed from this page.
/// </summary>
public sealed partial class SessionWarning(ListSessions sessions, CheckSession check, CurrentActor current, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _gone = new();
    private bool _open;
    private DateTimeOffset _endsAt;

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
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
                await LookAsync();
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task LookAsync()
    {
        var actor = await current.GetAsync();
        var listed = await sessions.HandleAsync(actor, _gone.Token);
        if (!listed.Succeeded || listed.Value.FirstOrDefault(session => session.Current) is not { } mine)
            return;

        _endsAt = mine.EndsAt;
        _open = Left <= WarnBefore;
        await InvokeAsync(StateHasChanged);
    }

    private async Task StayAsync()
    {
        var actor = await current.GetAsync();
        if (actor.SessionId is { } sessionId)
            await check.TouchAsync(actor.TenantId, sessionId, _gone.Token);
        _open = false;
    }
}
