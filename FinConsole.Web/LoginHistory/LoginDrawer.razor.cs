using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Policies;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace FinConsole.Web.LoginHistory;

/// <summary>One attempt, whole. It is read again when something in login history changed, so that two reviewers see each other's words.</summary>
public sealed partial class LoginDrawer(GetLoginAttempt get, MarkLoginAttempt mark, LoginFollowUps followUps, CurrentActor current, Toasts toasts)
{
    private LoginAttemptView? _view;
    private string? _failure;
    private bool _may;
    private bool _asks;
    private int _version = -1;

    [Parameter, EditorRequired]
    public long AttemptId { get; set; }

    /// <summary>Grows when something in login history changed.</summary>
    [Parameter]
    public int Version { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback<long> OnOpen { get; set; }

    [CascadingParameter]
    public Task<AuthenticationState> Authentication { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_version == Version)
            return;
        _version = Version;
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
        var read = await get.HandleAsync(AttemptId, await current.GetAsync(), CancellationToken.None);
        (_view, _failure) = (read.Value ?? _view, read.Error?.Message);
    }

    private async Task MarkAsync(LoginMark? said) => await TellAsync(
        await mark.HandleAsync(AttemptId, said, await current.GetAsync(), CancellationToken.None),
        said is { } word ? Texts.Format(LoginTexts.Marked, LoginLabels.Of(word)) : LoginTexts.MarkTaken);

    private async Task EndSessionsAsync()
    {
        var ended = await followUps.EndSessionsAsync(AttemptId);
        await TellAsync(ended.Error, ended.Succeeded ? LoginFollowUps.Describe(ended.Value) : "");
    }

    private async Task DemandResetAsync() => await TellAsync(await followUps.DemandResetAsync(AttemptId), LoginTexts.ResetDone);

    private async Task ToldAsync(string said)
    {
        _asks = false;
        await TellAsync(Result.Success, said);
    }

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
