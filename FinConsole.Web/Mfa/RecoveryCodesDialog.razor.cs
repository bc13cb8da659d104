using FinConsole.Core.Common;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.Mfa;

/// <summary>Shows recovery codes once: to copy, to download, to print. Closes with true when they are said to be saved.</summary>
public sealed partial class RecoveryCodesDialog(IJSRuntime js, CurrentActor current)
{
    private const string FileName = "finconsole-recovery-codes.txt";

    private string _email = "";

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Secret> Codes { get; set; } = [];

    private string Lines => string.Join('\n', Codes.Select(code => code.Reveal()));

    protected override async Task OnInitializedAsync() => _email = (await current.GetAsync()).Name;

    private async Task AskBeforeLeavingAsync(LocationChangingContext context)
    {
        if (!await js.InvokeAsync<bool>("confirm", context.CancellationToken, MfaTexts.LeaveAnyway))
            context.PreventNavigation();
    }
}
