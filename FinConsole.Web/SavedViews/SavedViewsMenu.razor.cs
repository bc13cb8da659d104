using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SavedViews;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace FinConsole.Web.SavedViews;

/// <summary>The button by a list's filters that opens its saved views.</summary>
public sealed partial class SavedViewsMenu(SavedViewCommands commands, IDialogService dialogs, CurrentActor current, AuthenticationStateProvider authentication, Toasts toasts)
{
    private IReadOnlyList<SavedViewRow> _views = [];
    private string? _failure;
    private bool _mayShare;

    /// <summary>The list, with the filters in force.</summary>
    [Parameter, EditorRequired]
    public ViewedList Shown { get; set; } = default!;

    // An own view comes before a shared one with the same filters.
    private SavedViewRow? Current => Shown.Query.Length == 0 ? null : _views.FirstOrDefault(view => view.Query == Shown.Query);

    private string? SaveHint => Shown.Query.Length == 0 ? SavedViewTexts.SaveHint : null;

    // In a shell it looks as it will, and asks the database nothing.
    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        _mayShare = (await authentication.GetAuthenticationStateAsync()).User.May(Permission.ShareViews);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var found = await commands.List.HandleAsync(Shown.List, await current.GetAsync(), CancellationToken.None);
        (_views, _failure) = (found.Value ?? _views, found.Error?.Message);
    }

    private string AddressOf(SavedViewRow view) => $"{Shown.Path}?{view.Query}";

    private async Task SaveAsync()
    {
        var parameters = new DialogParameters<SaveViewDialog> { { dialog => dialog.Shown, Shown }, { dialog => dialog.MayShare, _mayShare } };
        if (await dialogs.AskAsync<SaveViewDialog, string>(parameters) is not { } name)
            return;
        toasts.Show(Texts.Format(SavedViewTexts.Saved, name));
        await LoadAsync();
    }

    private async Task ManageAsync()
    {
        await LoadAsync();
        await dialogs.AskAsync<ManageViewsDialog>(new() { { dialog => dialog.Shown, Shown }, { dialog => dialog.MayShare, _mayShare }, { dialog => dialog.Views, _views } });
        await LoadAsync();
    }
}
