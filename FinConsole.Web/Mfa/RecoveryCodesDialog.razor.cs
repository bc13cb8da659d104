using FinConsole.Core.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace FinConsole.Web.Mfa;

/// <summary>Shows recovery codes once: to copy, to download, to print.</summary>
public sealed partial class RecoveryCodesDialog(IJSRuntime js)
{
    private const string FileName = "finconsole-recovery-codes.txt";
    private bool _leaving;

    [Parameter, EditorRequired]
    public IReadOnlyList<Secret> Codes { get; set; } = [];

    /// <summary>"I have saved them".</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    private string Lines => string.Join('\n', Codes.Select(code => code.Reveal()));

    private async Task SaveAsync()
    {
        _leaving = true;
        await OnSaved.InvokeAsync();
    }

    private async Task AskBeforeLeavingAsync(LocationChangingContext context)
    {
        if (!_leaving && !await js.InvokeAsync<bool>("confirm", context.CancellationToken, MfaTexts.LeaveAnyway))
            context.PreventNavigation();
    }
}
