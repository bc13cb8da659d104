using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace FinConsole.Web.Components;

/// <summary>
/// A page whose response holds its shell: title, heading, and what stands there while the page loads. Its data is read by its circuit alone,
/// so that no secret can end up in a page's source, nothing is queried twice, and nothing typed early is lost when the circuit takes over.
/// </summary>
public abstract class ShellPage : ComponentBase
{
    [CascadingParameter]
    public Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>Whether the component is rendered into a response, without a circuit.</summary>
    protected bool IsShell => !RendererInfo.IsInteractive && !LoadsWhilePrerendered;

    /// <summary>True for parts of pages that hold no secret and are prerendered with their data.</summary>
    protected virtual bool LoadsWhilePrerendered => false;

    // In a shell, no other method of the lifecycle runs.
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        Prepare((await Authentication).User);
        if (IsShell)
            StateHasChanged();
        else
            await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Sets what the shell shows, whenever parameters change: from the address and from what the member may do. It asks the database nothing.</summary>
    protected virtual void Prepare(ClaimsPrincipal user)
    {
    }
}
