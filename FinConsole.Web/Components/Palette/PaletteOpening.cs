using FinConsole.Web.Components.Dialogs;
using MudBlazor;

namespace FinConsole.Web.Components.Palette;

/// <summary>Opens the command palette. Nothing is lost with it: a press beside it closes it, and so does going to another page.</summary>
public static class PaletteOpening
{
    // It has an Escape key and a cross of its own, as every dialog here.
    private static readonly PageDialogOptions Options = new()
    {
        BackdropClick = true,
        CloseOnEscapeKey = false,
        CloseButton = false,
        NoHeader = true,
        CloseOnNavigation = false,
        Position = DialogPosition.TopCenter,
    };

    /// <summary>What is left to do once it is closed.</summary>
    public static async Task<PaletteCommand> AskPaletteAsync(this IDialogService dialogs)
    {
        var reference = await dialogs.ShowAsync<PaletteDialog>("", Options);
        return (await reference.Result)?.Data as PaletteCommand? ?? PaletteCommand.None;
    }
}
