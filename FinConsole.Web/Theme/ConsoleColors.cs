namespace FinConsole.Web.Theme;

/// <summary>A meaning's text, ground and line, for chips and alerts. Text on its ground has a contrast of 4.5:1 or more.</summary>
internal sealed record StateColors(string Text, string Ground, string Line);

/// <summary>The colours of one scheme, as CSS colours. Dark is a set of its own and no inversion of the light one.</summary>
internal sealed record ConsoleColors
{
    /// <summary>Behind everything.</summary>
    public required string Page { get; init; }

    /// <summary>Cards, tables and fields.</summary>
    public required string Surface { get; init; }

    /// <summary>Table heads and the feet of dialogs.</summary>
    public required string MutedSurface { get; init; }

    /// <summary>Dialogs and menus.</summary>
    public required string Raised { get; init; }

    public required string Hover { get; init; }

    /// <summary>Between rows and around cards.</summary>
    public required string Line { get; init; }

    /// <summary>Around fields and buttons: 3:1 against what lies beside it.</summary>
    public required string ControlLine { get; init; }

    public required string Ink { get; init; }

    public required string SecondInk { get; init; }

    public required string ThirdInk { get; init; }

    public required string Accent { get; init; }

    /// <summary>The ground of the primary button.</summary>
    public required string AccentFill { get; init; }

    public required string AccentFillHover { get; init; }

    /// <summary>Focus rings.</summary>
    public required string AccentStrong { get; init; }

    /// <summary>Links.</summary>
    public required string AccentInk { get; init; }

    public required string AccentSoft { get; init; }

    public required string AccentSoftInk { get; init; }

    /// <summary>Text on <see cref="AccentFill"/> and <see cref="DangerFill"/>.</summary>
    public required string OnFill { get; init; }

    /// <summary>The ground of a button that destroys something.</summary>
    public required string DangerFill { get; init; }

    public required string DangerFillHover { get; init; }

    public required StateColors Good { get; init; }

    public required StateColors Warning { get; init; }

    public required StateColors Bad { get; init; }

    public required StateColors Info { get; init; }

    public required StateColors Muted { get; init; }

    /// <summary>Over the page behind a dialog.</summary>
    public required string Scrim { get; init; }

    /// <summary>Of dialogs and menus (CSS <c>box-shadow</c>); nothing else has one.</summary>
    public required string Shadow { get; init; }
}
