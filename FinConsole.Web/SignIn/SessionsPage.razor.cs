using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.SignIn;

/// <summary>Where one is signed in, and the end of it. A session that ends elsewhere leaves the list by itself.</summary>
public sealed partial class SessionsPage(ListSessions list, SessionEnds ends, CurrentActor current, ChangeFeed feed, Toasts toasts) : IDisposable
{
    private IReadOnlyList<SessionItem>? _sessions;
    private IDisposable? _subscription;
    private SessionItem? _asked;
    private bool _askedAll;
    private string? _failure;

    private int Others => _sessions?.Count(session => !session.Current) ?? 0;

    private string OthersConsequence => Others switch
    {
        0 => SessionsTexts.EndNoOther,
        1 => SessionsTexts.EndOneOther,
        _ => Texts.Format(SessionsTexts.EndSeveralOthers, Others),
    };

    private static string NameOf(SessionItem? session) =>
        session?.Device ?? (session?.Kind == SessionKind.Program ? SessionsTexts.UnknownProgram : SessionsTexts.UnknownDevice);

    private bool Asking => _asked is not null || _askedAll;

    public void Dispose() => _subscription?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        _subscription = feed.Listen(change =>
        {
            if (change.Kind == ChangeKind.SessionEnded && _sessions?.Any(session => session.Id == change.SubjectId) == true)
                _ = InvokeAsync(ReloadAsync);
        });
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

    private void Ask(SessionItem session) => (_asked, _failure) = (session, null);

    // Others may have signed in since the list was read; the dialog's number is fresh.
    private async Task AskAllAsync()
    {
        await LoadAsync();
        (_askedAll, _failure) = (true, null);
    }

    private void Close() => (_asked, _askedAll, _failure) = (null, false, null);

    private async Task EndAsync()
    {
        var ended = await ends.One.HandleAsync(_asked!.Id, await current.GetAsync(), CancellationToken.None);
        if (!ended.Succeeded)
        {
            _failure = ended.Error.Message;
            return;
        }

        toasts.Show(SessionsTexts.Ended);
        Close();
        await LoadAsync();
    }

    private async Task EndOthersAsync()
    {
        var ended = await ends.Others.HandleAsync(await current.GetAsync(), CancellationToken.None);
        if (!ended.Succeeded)
        {
            _failure = ended.Error.Message;
            return;
        }

        toasts.Show(ended.Value == 1 ? SessionsTexts.Ended : Texts.Format(SessionsTexts.SeveralEnded, ended.Value));
        Close();
        await LoadAsync();
    }
}

/// <summary>The two ways to end sessions.</summary>
public sealed record SessionEnds(EndSession One, EndOtherSessions Others);
