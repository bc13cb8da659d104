using FinConsole.Core.SavedViews;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.SavedViews;

/// <summary>Names the filters in force. Closes with the name.</summary>
public sealed partial class SaveViewDialog(SavedViewCommands commands, CurrentActor current)
{
    private string? _name = "";
    private bool _shared;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public ViewedList Shown { get; set; } = default!;

    /// <summary>Whether the member may share views with the tenant.</summary>
    [Parameter]
    public bool MayShare { get; set; }

    private async Task SubmitAsync()
    {
        var request = new SaveViewRequest(Shown.List, _name ?? "", Shown.Query, _shared);
        var saved = await commands.Save.HandleAsync(request, await current.GetAsync(), CancellationToken.None);
        (_errors, _failure) = FormErrors.Of(saved);
        if (saved.Succeeded)
            Instance.Close(request.Name.Trim());
    }
}
