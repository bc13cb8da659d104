using FinConsole.Core.Common;
using FinConsole.Core.SavedViews;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.SavedViews;

/// <summary>Renames and deletes views, and gives them the filters in force.</summary>
public sealed partial class ManageViewsDialog(SavedViewCommands commands, IDialogService dialogs, CurrentActor current, Toasts toasts)
{
    // MudBlazor's own, of an icon button.
    private const string Small = "mud-button-root mud-icon-button";

    private IReadOnlyList<SavedViewRow> _views = [];
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public ViewedList Shown { get; set; } = default!;

    /// <summary>What there was when the dialog opened.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<SavedViewRow> Views { get; set; } = [];

    /// <summary>Whether the member may change the tenant's shared views.</summary>
    [Parameter]
    public bool MayShare { get; set; }

    protected override void OnInitialized() => _views = Views;

    private async Task LoadAsync()
    {
        var found = await commands.List.HandleAsync(Shown.List, await current.GetAsync(), CancellationToken.None);
        (_views, _failure) = (found.Value ?? _views, found.Error?.Message);
    }

    private async Task RenameAsync(SavedViewRow view)
    {
        if (await dialogs.AskAsync<RenameViewDialog>(new() { { dialog => dialog.View, view } }))
            toasts.Show(SavedViewTexts.Renamed);
        await LoadAsync();
    }

    private async Task UpdateAsync(SavedViewRow view)
    {
        var asked = new Confirmation(
            Texts.Format(SavedViewTexts.UpdateTitle, view.Name), SavedViewTexts.UpdateVerb,
            [Texts.Format(SavedViewTexts.UpdateBefore, Shown.Describe(view.Query)), Texts.Format(SavedViewTexts.UpdateAfter, Shown.Describe(Shown.Query)), ForAll(view)], "primary");
        await ConfirmAsync(asked, actor => commands.Edit.HandleAsync(new EditSavedViewRequest(view.Key, Query: Shown.Query), actor, CancellationToken.None), Texts.Format(SavedViewTexts.Updated, view.Name));
    }

    private async Task DeleteAsync(SavedViewRow view)
    {
        var asked = new Confirmation(Texts.Format(SavedViewTexts.DeleteTitle, view.Name), SavedViewTexts.DeleteVerb, [SavedViewTexts.DeleteText, ForAll(view)]);
        await ConfirmAsync(asked, actor => commands.Delete.HandleAsync(view.Key, actor, CancellationToken.None), Texts.Format(SavedViewTexts.Deleted, view.Name));
    }

    private async Task ConfirmAsync(Confirmation asked, Func<Core.Members.Actor, Task<Result>> run, string done)
    {
        if (await dialogs.ConfirmAsync(asked, async () => await run(await current.GetAsync())))
            toasts.Show(done);
        // Also when it was refused: somebody else may have changed what is shown here.
        await LoadAsync();
    }

    private static string? ForAll(SavedViewRow view) => view.Shared ? SavedViewTexts.ForAll : null;
}
