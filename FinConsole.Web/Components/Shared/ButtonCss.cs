namespace FinConsole.Web.Components.Shared;

/// <summary>
/// MudBlazor's classes for buttons that are plain markup: links, those of rows, and those of pages without a circuit, since a MudButton
/// costs a circuit what a hundred of these do.
/// </summary>
public static class ButtonCss
{
    /// <summary>The page's one primary action.</summary>
    public const string Filled = Button + "mud-button-filled mud-button-filled-primary mud-button-disable-elevation";

    public const string Outlined = Button + "mud-button-outlined mud-button-outlined-default";

    public const string Text = Button + "mud-button-text mud-button-text-primary";

    /// <summary>In the colour of the text around it.</summary>
    public const string Plain = Button + "mud-button-text mud-button-text-inherit";

    /// <summary>A symbol alone; the button's name says what it does.</summary>
    public const string Icon = "mud-button-root mud-icon-button";

    public const string SmallFilled = Filled + " mud-button-filled-size-small";

    public const string SmallOutlined = Outlined + " mud-button-outlined-size-small";

    public const string SmallText = Text + " mud-button-text-size-small";

    public const string SmallIcon = Icon + " mud-icon-button-size-small";

    /// <param name="kind">primary, secondary or ghost, as <see cref="BusyButton"/> names them.</param>
    /// <param name="small">32 px high in place of 36.</param>
    public static string Of(string kind, bool small) => kind switch
    {
        "primary" => small ? SmallFilled : Filled,
        "ghost" => small ? SmallText : Text,
        _ => small ? SmallOutlined : Outlined,
    };

    private const string Button = "mud-button-root mud-button ";
}
