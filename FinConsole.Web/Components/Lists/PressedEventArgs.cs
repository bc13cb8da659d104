using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Lists;

/// <summary>
/// A press on a button that stands in markup, such as a row's, as rows.js says it: one listener serves many buttons. Its values come from the
/// browser: perhaps no row and no action that there is.
/// </summary>
public sealed class PressedEventArgs : EventArgs
{
    /// <summary>The id of the element around the button: the row's.</summary>
    public string Row { get; set; } = "";

    /// <summary>The value of the button's <c>data-fc-do</c>.</summary>
    public string Action { get; set; } = "";
}

/// <summary>The events that the console's scripts raise, for the compiler of Razor files.</summary>
[EventHandler("onpressed", typeof(PressedEventArgs), enableStopPropagation: false, enablePreventDefault: false)]
public static class EventHandlers;
