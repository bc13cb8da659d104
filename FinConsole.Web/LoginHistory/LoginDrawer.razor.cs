using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Policies;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace FinConsole.Web.LoginHistory;

/// <summary>One attempt, whole. The page has it read again when something in login history changed, so that two reviewers see each other's words.</summary>
public sealed partial class LoginDrawer(LoginQueries queries, LoginFollowUps followUps, IDialogService dialogs, CurrentActor current, Toasts toasts)
{
    private FormDialog? _frame;
    private long _attemptId;
    private LoginAttemptView? _view;
    private FoundToken? _token;
    private string? _failure;
    private bool _own;
    private bool _may;

    [Parameter, EditorRequired]
    public long AttemptId { get; set; }

    [Parameter, EditorRequired]
    public RowDrawer Address { get; set; } = default!;

    [CascadingParameter]
    public Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>Goes on to another attempt.</summary>
    public async Task ShowAsync(long attemptId)
    {
        _attemptId = attemptId;
        await ReloadAsync();
        if (_frame is not null)
            await _frame.BeginAgainAsync();
    }

    /// <summary>Reads the attempt again.</summary>
    public async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        _attemptId = AttemptId;
        _may = (await Authentication).User.May(Permission.AnnotateLoginHistory);
        await LoadAsync();
    }

    private static string Filtered(string key, string value) => $"{ConsoleUrls.Logins}?{key}={Uri.EscapeDataString(value)}";

    private static string Sessions(int live) => live switch
    {
        0 => LoginTexts.EndSessionsNone,
        1 => LoginTexts.EndSessionsOne,
        _ => Texts.Format(LoginTexts.EndSessionsMany, live),
    };

    // The most telling cause alone: a list of causes would explain less.
    private static string? Reason(LoginAttemptView view) => view.Row switch
    {
        { MemberId: null } => LoginTexts.CannotTellUnknown,
        { Undecided: var undecided } when undecided.HasFlag(RiskReasons.NewIp) => LoginTexts.CannotTellFew,
        { Undecided: var undecided } when undecided.HasFlag(RiskReasons.NewCountry) && !view.Row.HasPlace => LoginTexts.CannotTellAddress,
        { Undecided: RiskReasons.UnusualHour } => LoginTexts.CannotTellHour,
        _ => null,
    };

    private async Task LoadAsync()
    {
        var (id, actor) = (_attemptId, await current.GetAsync());
        var read = await queries.Get.HandleAsync(id, actor, CancellationToken.None);
        var tokens = read.Value?.Row.TokenId is { } tokenId ? (await queries.Tokens.HandleAsync([tokenId], actor, CancellationToken.None)).Value : null;
        if (id != _attemptId)
            return;
        _view = read.Value ?? (_view?.Row.Id == id ? _view : null);
        _failure = read.Error?.Message;
        _own = _view?.Row.MemberId == actor.Id;
        _token = tokens?.Values.FirstOrDefault();
    }

    private async Task MarkAsync(LoginMark? said) => await TellAsync(
        await followUps.MarkAsync(_attemptId, said),
        said is { } word ? Texts.Format(LoginTexts.Marked, LoginLabels.Of(word, _own)) : LoginTexts.MarkTaken);

    private async Task AskAsync()
    {
        if (await dialogs.AskAsync<NotMeDialog, string>(new() { { each => each.Attempt, _view }, { each => each.Own, _own } }) is { } said)
            await TellAsync(Result.Success, said);
    }

    private async Task EndSessionsAsync()
    {
        var ended = await followUps.EndSessionsAsync(_attemptId);
        await TellAsync(ended.Error, ended.Succeeded ? LoginFollowUps.Describe(ended.Value) : "");
    }

    private async Task DemandResetAsync() => await TellAsync(await followUps.DemandResetAsync(_attemptId), LoginTexts.ResetDone);

    private Task TellAsync(Error? error, string said) => TellAsync(error is null ? Result.Success : error, said);

    private async Task TellAsync(Result result, string said)
    {
        if (result.Succeeded)
        {
            toasts.Show(said);
            await LoadAsync();
        }
        else
        {
            _failure = result.Error.Message;
        }
    }
}
