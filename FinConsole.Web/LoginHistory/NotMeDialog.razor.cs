using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.LoginHistory;

/// <summary>
/// "Not me", with what follows from it in the same step. The password comes first: sessions that were ended while it still worked
/// could be opened again. Closes with what is to be said.
/// </summary>
public sealed partial class NotMeDialog(LoginFollowUps followUps)
{
    private bool _sessions = true;
    private bool _reset;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public LoginAttemptView Attempt { get; set; } = default!;

    /// <summary>Whether it is the reader's own account.</summary>
    [Parameter]
    public bool Own { get; set; }

    private string Count => Attempt.LiveSessions switch
    {
        0 => LoginTexts.EndSessionsNone,
        1 => LoginTexts.EndSessionsOne,
        var live => Texts.Format(LoginTexts.EndSessionsMany, live),
    };

    protected override void OnInitialized() => _reset = !Attempt.ResetDemanded;

    private async Task SubmitAsync()
    {
        if (await TryAsync() is { } said)
            Instance.Close(said);
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

        var marked = await followUps.MarkAsync(Attempt.Row.Id, LoginMark.NotMe);
        if ((_failure = marked.Error?.Message) is not null)
            return null;
        return string.Join(' ', said.Prepend(Texts.Format(LoginTexts.Marked, LoginLabels.Of(LoginMark.NotMe, Own))));
    }
}
