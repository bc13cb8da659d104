using FinConsole.Core.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.Mfa;

/// <summary>Shows recovery codes once: to copy, to download, to print. Closes with true when they are said to be saved.</summary>
public sealed partial class RecoveryCodesDialog(IJSRuntime js)
{
    private const string FileName = "finconsole-recovery-codes.txt";

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Secret> Codes { get; set; } = [];

    private string Lines => string.Join('\n', Codes.Select(code => code.Reveal()));

    private async Task AskBeforeLeavingAsync(LocationChangingContext context)
    {
        if (!await js.InvokeAsync<bool>("confirm", context.CancellationToken, MfaTexts.LeaveAnyway))
            context.PreventNavigation();
    }
}
