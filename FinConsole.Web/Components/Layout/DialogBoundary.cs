using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace FinConsole.Web.Components.Layout;

/// <summary>
/// Keeps a dialog that cannot be drawn from ending the circuit. All open dialogs are gone then, and the page waits for an answer that never
/// comes: the layout shows the failure in its place. The next dialog opens as ever.
/// </summary>
public sealed class DialogBoundary : ErrorBoundaryBase
{
    [Parameter, EditorRequired]
    public EventCallback<Exception> OnFailure { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
            builder.AddContent(0, ChildContent);
    }

    protected override Task OnErrorAsync(Exception exception) => OnFailure.InvokeAsync(exception);

    // The provider that broke is gone by now; another one begins with nothing open.
    protected override void OnAfterRender(bool firstRender) => Recover();
}
