using FinConsole.Core.SignIn.Sessions;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Circuits;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.Components.Layout;

/// <summary>Asks who is still there, and prolongs the session of whoever presses. The cross and Escape are presses as well.</summary>
public sealed partial class SessionWarningDialog(
    CheckSession sessions, LiveSessions live, CurrentActor current, TimeProvider time, ILogger<SessionWarningDialog> logger)
{
    private DateTimeOffset _endsAt;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>Draws the time that is left.</summary>
    /// <param name="endsAt">When the session ends, as it was just read.</param>
    public void Show(DateTimeOffset endsAt)
    {
        _endsAt = endsAt;
        StateHasChanged();
    }

    protected override void OnInitialized() => _endsAt = EndsAt;

    private async Task StayAsync()
    {
        try
        {
            var actor = await current.GetAsync();
            if (actor.SessionId is { } sessionId && !await sessions.TouchAsync(actor.TenantId, sessionId, CancellationToken.None))
                live.End(sessionId);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The question stays open: it can be answered again.
            LogNotProlonged(failure);
            return;
        }

        Instance.Close();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A session could not be prolonged from its page")]
    private partial void LogNotProlonged(Exception failure);
}
