using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using MudBlazor;

namespace FinConsole.Web.SignIn;

/// <summary>Where one is signed in, and the end of it. A session that ends elsewhere leaves the list by itself.</summary>
public sealed partial class SessionsPage(ListSessions list, SessionEnds ends, CurrentActor current, ChangeFeed feed, IDialogService dialogs, Toasts toasts)
{
    private IReadOnlyList<SessionItem>? _sessions;
    private string? _failure;

    private int Others => _sessions?.Count(session => !session.Current) ?? 0;

    private string OthersConsequence => Others switch
    {
        0 => SessionsTexts.EndNoOther,
        1 => SessionsTexts.EndOneOther,
        _ => Texts.Format(SessionsTexts.EndSeveralOthers, Others),
    };

    private static string NameOf(SessionItem session) =>
        session.Device ?? (session.Kind == SessionKind.Program ? SessionsTexts.UnknownProgram : SessionsTexts.UnknownDevice);

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        Follow(feed, change => change.Kind == ChangeKind.SessionEnded && _sessions?.Any(session => session.Id == change.SubjectId) == true, ReloadAsync);
    }

    private async Task LoadAsync()
    {
        var listed = await list.HandleAsync(await current.GetAsync(), CancellationToken.None);
        if (listed.Succeeded)
            _sessions = listed.Value;
        else
            _failure = listed.Error.Message;
    }

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task EndAsync(SessionItem session)
    {
        var consequence = session.Kind == SessionKind.Program ? SessionsTexts.EndProgramConsequence : SessionsTexts.EndConsequence;
        var asked = new Confirmation(Texts.Format(SessionsTexts.EndTitle, NameOf(session)), SessionsTexts.End, [consequence]);
        if (!await dialogs.ConfirmAsync(asked, async () => await ends.One.HandleAsync(session.Id, await current.GetAsync(), CancellationToken.None)))
            return;
        toasts.Show(SessionsTexts.Ended);
        await LoadAsync();
    }

    // Others may have signed in since the list was read; the dialog's number is fresh.
    private async Task EndOthersAsync()
    {
        await LoadAsync();
        var asked = new Confirmation(SessionsTexts.EndOthersTitle, SessionsTexts.EndOthers, [OthersConsequence]);
        var ended = 0;
        if (!await dialogs.ConfirmAsync(asked, RunAsync))
            return;
        toasts.Show(ended == 1 ? SessionsTexts.Ended : Texts.Format(SessionsTexts.SeveralEnded, ended));
        await LoadAsync();

        async Task<Result> RunAsync()
        {
            var result = await ends.Others.HandleAsync(await current.GetAsync(), CancellationToken.None);
            ended = result.Value;
            return result.Succeeded ? Result.Success : result.Error;
        }
    }
}

/// <summary>The two ways to end sessions.</summary>
public sealed record SessionEnds(EndSession One, EndOtherSessions Others);
