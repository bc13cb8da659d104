using MudBlazor;

namespace FinConsole.Web.Components.Dialogs;

/// <summary>
/// Of a dialog that ends with its page (<see cref="OpenDialogs"/>). MudBlazor's own CloseOnNavigation also closes it where the address changes within
/// the page.
/// </summary>
public sealed record PageDialogOptions : DialogOptions;
