using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Mfa;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace FinConsole.Web.Mfa;

/// <summary>
/// One's own second factor: set up, moved to another app, turned off, and its recovery codes. What another tab does to it is shown here
/// by itself.
/// </summary>
public sealed partial class MfaPage(MfaCommands commands, StepUp stepUp, CurrentActor current, ChangeFeed feed, Toasts toasts, NavigationManager navigation) : IDisposable
{
    private MfaView? _mfa;
    private TotpSecret? _secret;
    private IReadOnlyList<Secret>? _codes;
    private Question _question;
    private string _account = "";
    private string? _failure;
    private string? _failed;
    private bool _due;
    private bool _saved;
    private IDisposable? _subscription;
    private (Guid Tenant, Guid Member) _own;

    [CascadingParameter]
    public Task<AuthenticationState> Authentication { get; set; } = default!;

    private string CodesLeft => _mfa!.CodesLeft switch
    {
        0 => MfaTexts.NoCodesLeft,
        1 => MfaTexts.OneCodeLeft,
        var left => Texts.Format(MfaTexts.CodesLeft, left),
    };

    public void Dispose() => _subscription?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _due = (await Authentication).User.IsMfaDue();
        var actor = await current.GetAsync();
        _own = (actor.TenantId, actor.Id);
        _subscription = feed.Listen(OnChange);
        await LoadAsync();
    }

    // What the page may show was settled when it was loaded, without a second factor: it is left for good. Not before the dialog is gone,
    // since the browser would ask whether to leave its codes.
    protected override void OnAfterRender(bool firstRender)
    {
        if (!_saved)
            return;
        _saved = false;
        navigation.NavigateTo(ConsoleUrls.Overview, forceLoad: true);
    }

    private void OnChange(Change change)
    {
        if (change.TenantId == _own.Tenant && (change.Kind == ChangeKind.Policy || (change.Kind == ChangeKind.Member && change.SubjectId == _own.Member)))
            _ = InvokeAsync(LoadAsync);
    }

    private async Task LoadAsync()
    {
        var actor = await current.GetAsync();
        var mfa = await commands.Get.HandleAsync(actor, CancellationToken.None);
        (_mfa, _account, _failure) = (mfa.Value, actor.Name, mfa.Error?.Message);
        StateHasChanged();
    }

    private async Task BeginAsync()
    {
        var begun = await stepUp.RunAsync(async () => await commands.Begin.HandleAsync(await current.GetAsync(), CancellationToken.None));
        (_secret, _failure) = (begun.Value, begun.Error?.Message);
    }

    private void ShowCodesAsync(IReadOnlyList<Secret> codes) => (_secret, _codes) = (null, codes);

    private async Task SavedAsync()
    {
        _codes = null;
        if (_due)
        {
            _saved = true;
            return;
        }

        toasts.Show(MfaTexts.Saved);
        await LoadAsync();
    }

    private void Ask(Question question) => (_question, _failed) = (question, null);

    private void Close() => (_question, _failed, _secret) = (Question.None, null, null);

    private async Task TurnOffAsync()
    {
        var done = await stepUp.RunAsync(async () => await commands.TurnOff.HandleAsync(await current.GetAsync(), CancellationToken.None));
        _failed = done.Error?.Message;
        if (!done.Succeeded)
            return;
        Close();
        toasts.Show(MfaTexts.TurnedOff);
        await LoadAsync();
    }

    private async Task RenewAsync()
    {
        var renewed = await stepUp.RunAsync(async () => await commands.Renew.HandleAsync(await current.GetAsync(), CancellationToken.None));
        _failed = renewed.Error?.Message;
        if (!renewed.Succeeded)
            return;
        Close();
        _codes = renewed.Value;
    }

    private enum Question
    {
        None,
        TurnOff,
        Renew,
    }
}

/// <summary>What the page can ask for.</summary>
public sealed record MfaCommands(GetMfa Get, BeginMfaEnrolment Begin, TurnOffMfa TurnOff, RenewRecoveryCodes Renew);
