using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Mfa;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Mfa;

/// <summary>
/// One's own second factor: set up, moved to another app, turned off, and its recovery codes. What another tab does to it is shown here
/// by itself.
/// </summary>
public sealed partial class MfaPage(GetMfa get, MfaDialogs dialogs, CurrentActor current, ChangeFeed feed, Toasts toasts, NavigationManager navigation)
{
    private MfaView? _mfa;
    private string? _failure;
    private bool _due;
    private bool _saved;
    private (Guid Tenant, Guid Member) _own;

    private string CodesLeft => _mfa!.CodesLeft switch
    {
        0 => MfaTexts.NoCodesLeft,
        1 => MfaTexts.OneCodeLeft,
        var left => Texts.Format(MfaTexts.CodesLeft, left),
    };

    protected override void Prepare(ClaimsPrincipal user) => _due = user.IsMfaDue();

    protected override async Task OnInitializedAsync()
    {
        var actor = await current.GetAsync();
        _own = (actor.TenantId, actor.Id);
        Follow(feed, IsAboutThis, LoadAsync);
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

    private bool IsAboutThis(Change change) =>
        change.TenantId == _own.Tenant && (change.Kind == ChangeKind.Policy || (change.Kind == ChangeKind.Member && change.SubjectId == _own.Member));

    private async Task LoadAsync()
    {
        var actor = await current.GetAsync();
        var mfa = await get.HandleAsync(actor, CancellationToken.None);
        (_mfa, _failure) = (mfa.Value, mfa.Error?.Message);
        StateHasChanged();
    }

    private async Task EnrolAsync()
    {
        var enrolled = await dialogs.EnrolAsync();
        _failure = enrolled.Error?.Message;
        if (enrolled.Value)
            await SavedAsync();
    }

    private async Task RenewAsync()
    {
        if (await dialogs.RenewAsync())
            await SavedAsync();
    }

    private async Task TurnOffAsync()
    {
        if (!await dialogs.TurnOffAsync())
            return;
        toasts.Show(MfaTexts.TurnedOff);
        await LoadAsync();
    }

    private async Task SavedAsync()
    {
        if (_due)
        {
            _saved = true;
            return;
        }

        toasts.Show(MfaTexts.Saved);
        await LoadAsync();
    }
}
