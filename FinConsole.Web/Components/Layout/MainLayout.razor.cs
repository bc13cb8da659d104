using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace FinConsole.Web.Components.Layout;

/// <summary>The signed-in shell: app bar, navigation, the page, and what every page shares.</summary>
public sealed partial class MainLayout(IBrowserViewportService viewport)
{
    private ErrorBoundary? _boundary;
    private Exception? _brokenDialog;
    private MudIconButton? _toggle;
    private NavMenu? _navigation;
    private bool _open = true;
    private bool _focusNavigation;

    // Leaving a broken page for another fixes it.
    protected override void OnParametersSet()
    {
        _brokenDialog = null;
        _boundary?.Recover();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focusNavigation || _navigation is null)
            return;
        _focusNavigation = false;
        await _navigation.FocusAsync();
    }

    private void Toggle()
    {
        _open = !_open;
        _focusNavigation = _open;
    }

    // MudBlazor's drawer does not close by Escape.
    private async Task OnDrawerKeyAsync(KeyboardEventArgs key)
    {
        if (key.Key != "Escape" || _toggle is null)
            return;
        await CloseOverPageAsync();
        if (!_open)
            await _toggle.FocusAsync();
    }

    // On a wide screen the drawer lies beside the page, and stays.
    private async Task CloseOverPageAsync() => _open = _open && !await viewport.IsBreakpointWithinWindowSizeAsync(Breakpoint.SmAndDown);
}
