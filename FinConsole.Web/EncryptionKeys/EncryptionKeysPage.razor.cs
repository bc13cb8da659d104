using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>
/// The tenant's public key, how to use it, and those before it. What another browser or instance does to the keys, or to the policy
/// about them, is shown here by itself.
/// </summary>
public sealed partial class EncryptionKeysPage(GetEncryptionKey get, ListEncryptionKeys list, IDialogService dialogs, CurrentActor current, ChangeFeed feed, Toasts toasts)
{
    private const int HistoryPage = 10;

    private EncryptionKeyView? _key;
    private Page<EncryptionKeyRow>? _history;
    private string? _failure;
    private Guid _tenantId;
    private Guid _own;
    private bool _rotating;
    private bool _mayRotate;
    private bool _mayExport;
    private int _loads;

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    protected override void Prepare(ClaimsPrincipal user)
    {
        _tenantId = user.FindId(ConsoleClaims.Tenant) ?? Guid.Empty;
        _mayRotate = user.FindRole()?.May(Permission.RotateEncryptionKeys) == true;
        _mayExport = user.FindRole()?.May(Permission.ExportPrivateKey) == true;
    }

    protected override void OnInitialized() =>
        Follow(feed, change => change.TenantId == _tenantId && change.Kind is ChangeKind.EncryptionKey or ChangeKind.Policy, ReloadAsync);

    protected override bool IsReady => _key is not null;

    protected override Task OnParametersSetAsync() => ReloadAsync();

    protected override Task DoAsync(string action, Guid? subject) => action == PageAction.Rotate && _mayRotate ? RotateAsync() : Task.CompletedTask;

    private async Task ReloadAsync()
    {
        // Of loads that overlap, the last one asked for is shown.
        var load = ++_loads;
        var actor = await current.GetAsync();
        var key = await get.HandleAsync(actor, CancellationToken.None);
        var history = await list.HandleAsync(After, HistoryPage, actor, CancellationToken.None);
        if (load != _loads)
            return;
        var before = _key?.KeyId;
        _failure = key.Error?.Message ?? history.Error?.Message;
        _key = key.Value ?? _key;
        _history = history.Value ?? _history;
        if (before is not null && _key?.KeyId is { } now && now != before && now != _own && !_rotating)
            toasts.ShowFailure(EncryptionKeysTexts.RotatedByOther);
        StateHasChanged();
    }

    // Who has the dialog open learns in it that somebody else was first.
    private async Task RotateAsync()
    {
        if (_key is not { } key)
            return;
        _rotating = true;
        var rotated = await dialogs.AskAsync<RotateKeysDialog, Guid?>(new() { { each => each.Key, key } });
        _rotating = false;
        if (rotated is not { } own)
            return;
        _own = own;
        toasts.Show(EncryptionKeysTexts.Rotated);
        await ReloadAsync();
    }

    private async Task ExportAsync()
    {
        if (await dialogs.AskAsync<ExportKeyDialog>([]))
            toasts.Show(EncryptionKeysTexts.Exported);
    }
}
