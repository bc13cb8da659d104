using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.LoginHistory;

/// <summary>
/// "Not me", with what follows from it in the same step. The password comes first: sessions that were ended while it still worked
/// could be opened again.
/// </summary>
public sealed partial class NotMeDialog(MarkLoginAttempt mark, LoginFollowUps followUps, CurrentActor current)
{
    private bool _sessions;
    private bool _reset;
    private bool _running;
    private bool _wasOpen;
    private string? _failure;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public LoginAttemptView Attempt { get; set; } = default!;

    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>Done; says what was.</summary>
    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    private string Count => Attempt.LiveSessions switch
    {
        0 => LoginTexts.EndSessionsNone,
        1 => LoginTexts.EndSessionsOne,
        var live => Texts.Format(LoginTexts.EndSessionsMany, live),
    };

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
            (_sessions, _reset, _failure) = (true, !Attempt.ResetDemanded, null);
        _wasOpen = Open;
    }

    private async Task SubmitAsync()
    {
        if (_running || !Open)
            return;
        _running = true;
        try
        {
            if (await TryAsync() is { } said)
                await OnDone.InvokeAsync(said);
        }
        finally
        {
            _running = false;
        }
    }

    private async Task<string?> TryAsync()
    {
        var said = new List<string>();
        if (_reset && !Attempt.ResetDemanded)
        {
            var demanded = await followUps.DemandResetAsync(Attempt.Row.Id);
            if ((_failure = demanded.Error?.Message) is not null)
                return null;
            said.Add(LoginTexts.ResetDone);
        }

        if (_sessions)
        {
            var ended = await followUps.EndSessionsAsync(Attempt.Row.Id);
            if ((_failure = ended.Error?.Message) is not null)
                return null;
            said.Add(LoginFollowUps.Describe(ended.Value));
        }

        var marked = await mark.HandleAsync(Attempt.Row.Id, LoginMark.NotMe, await current.GetAsync(), CancellationToken.None);
        if ((_failure = marked.Error?.Message) is not null)
            return null;
        return string.Join(' ', said.Prepend(Texts.Format(LoginTexts.Marked, LoginTexts.NotMe)));
    }
}
