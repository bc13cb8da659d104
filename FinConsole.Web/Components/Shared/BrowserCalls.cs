using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;

namespace FinConsole.Web.Components.Shared;

/// <summary>
/// Calls to the browser after the server did something. Where the connection is lost, a call is canceled a minute later, and Blazor ends an
/// event handler that was canceled without a word, and without drawing what it changed; canceled while a component is disposed, it ends the page.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The one place that catches what a lost connection throws.")]
public static class BrowserCalls
{
    /// <summary>Calls a function.</summary>
    /// <returns>Whether the browser answered.</returns>
    public static async Task<bool> TryInvokeVoidAsync(this IJSRuntime js, string function, params object?[] arguments)
    {
        try
        {
            await js.InvokeVoidAsync(function, arguments);
            return true;
        }
        catch (Exception lost) when (lost is OperationCanceledException or JSDisconnectedException)
        {
            return false;
        }
    }
}
