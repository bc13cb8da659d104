using FinConsole.Core.Checklist;
using FinConsole.Core.Data.Changes;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.Overview;

/// <summary>The first steps of a tenant, for its admins. It is gone once all are done, or once this admin does not want to see it.</summary>
public sealed partial class SetupChecklistCard(GetSetupChecklist get, DismissSetupChecklist dismiss, CurrentActor current, ChangeFeed feed, IJSRuntime js)
{
    private SetupChecklist? _shown;
    private string? _failure;

    /// <summary>As it is when the page opens.</summary>
    [Parameter, EditorRequired]
    public SetupChecklist Checklist { get; set; } = default!;

    protected override bool LoadsWhilePrerendered => true;

    protected override async Task OnInitializedAsync()
    {
        _shown = Checklist;
        var tenant = (await current.GetAsync()).TenantId;
        Follow(feed, change => change.TenantId == tenant && change.Kind is ChangeKind.Token or ChangeKind.Member or ChangeKind.EncryptionKey, ReloadAsync);
    }

    // A step that needs another one comes after it: a token acts as a cashier.
    private static IReadOnlyList<Step> Steps(SetupChecklist checklist) =>
    [
        new(checklist.HasMfa, OverviewTexts.SetupMfa, OverviewTexts.SetupMfaDetail, ConsoleUrls.Mfa),
        new(checklist.HasMember, OverviewTexts.SetupMember, OverviewTexts.SetupMemberDetail, ConsoleUrls.To(ConsoleUrls.Team, PageAction.Invite)),
        new(checklist.HasToken, OverviewTexts.SetupToken, OverviewTexts.SetupTokenDetail, ConsoleUrls.To(ConsoleUrls.Tokens, PageAction.Create)),
        new(checklist.HasKey, OverviewTexts.SetupKey, OverviewTexts.SetupKeyDetail, ConsoleUrls.EncryptionKeys),
    ];

    private async Task ReloadAsync()
    {
        if (_shown is null)
            return;
        var read = await get.HandleAsync(await current.GetAsync(), CancellationToken.None);
        _failure = read.Error?.Message;
        if (read.Value is { } checklist)
            _shown = checklist.IsComplete || checklist.Dismissed ? null : checklist;
        StateHasChanged();
    }

    private async Task DismissAsync()
    {
        var result = await dismiss.HandleAsync(await current.GetAsync(), CancellationToken.None);
        _failure = result.Error?.Message;
        if (!result.Succeeded)
            return;
        _shown = null;
        // The button that had the focus goes away.
        await js.TryInvokeVoidAsync("fc.focusHeading");
    }

    private sealed record Step(bool Done, string Text, string Detail, string Url);
}
