using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Palette;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace FinConsole.Web.Components.Layout;

/// <summary>The signed-in shell: app bar, navigation, the page, and what every page shares.</summary>
public sealed partial class MainLayout(IBrowserViewportService viewport, IDialogService dialogs, OpenDialogs open)
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

    // Nothing of the palette is there before it is opened, and it lies over no other dialog: least of all over a secret that is shown once.
    private async Task OpenPaletteAsync()
    {
        if (!open.Any && await dialogs.AskPaletteAsync() == PaletteCommand.ShowShortcuts)
            await dialogs.AskAsync<ShortcutsDialog>([]);
    }

    private async Task OpenShortcutsAsync()
    {
        if (!open.Any)
            await dialogs.AskAsync<ShortcutsDialog>([]);
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
