using Microsoft.JSInterop;

namespace FinConsole.Web.Components.Shared;

/// <summary>Leads whoever sent a form to what has to be fixed.</summary>
public static class InvalidFields
{
    /// <summary>Puts the focus into the first field that is marked invalid. Call it after <c>StateHasChanged</c>.</summary>
    public static async Task FocusFirstInvalidAsync(this IJSRuntime js)
    {
        // An event handler that never had to wait is not rendered before it returns: the browser would look before the marks are there.
        await Task.Yield();
        await js.TryInvokeVoidAsync("fc.focusFirstInvalid");
    }
}
