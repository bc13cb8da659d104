using FinConsole.Web.Components.Shared;
using Microsoft.JSInterop;

namespace FinConsole.Web.Components.Dialogs;

/// <summary>What the browser keeps of a half-typed form (console.js).</summary>
internal static class Drafts
{
    /// <summary>
    /// Forgets what was sent. Nobody waits for it: where the connection is lost just then, the call would end a minute later, and what was made
    /// must be shown at once.
    /// </summary>
    public static void Forget(IJSRuntime js, string key) => _ = js.TryInvokeVoidAsync("fc.clearDraft", key);
}
