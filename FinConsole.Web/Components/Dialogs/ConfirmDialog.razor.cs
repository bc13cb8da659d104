using FinConsole.Core.Common;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.Components.Dialogs;

/// <summary>Runs what it asks about, and closes when that is done. A refusal is shown, and can be tried again.</summary>
public sealed partial class ConfirmDialog
{
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public Confirmation Asked { get; set; } = default!;

    [Parameter, EditorRequired]
    public Func<Task<Result>> Run { get; set; } = default!;

    private async Task SubmitAsync()
    {
        var result = await Run();
        if (result.Succeeded)
            Instance.Close();
        else
            _failure = result.Error.Message;
    }
}
