using FinConsole.Core.SavedViews;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.SavedViews;

/// <summary>Gives a view another name.</summary>
public sealed partial class RenameViewDialog(SavedViewCommands commands, CurrentActor current)
{
    private string? _name;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public SavedViewRow View { get; set; } = default!;

    protected override void OnInitialized() => _name = View.Name;

    private async Task SubmitAsync()
    {
        var renamed = await commands.Edit.HandleAsync(new EditSavedViewRequest(View.Key, Name: _name ?? ""), await current.GetAsync(), CancellationToken.None);
        (_errors, _failure) = FormErrors.Of(renamed);
        if (renamed.Succeeded)
            Instance.Close();
    }
}
