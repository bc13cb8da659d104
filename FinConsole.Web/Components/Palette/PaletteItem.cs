namespace FinConsole.Web.Components.Palette;

/// <summary>Something to go to or to do, in one line of the command palette.</summary>
/// <param name="Key">Unlike every other's: letters, digits and hyphens.</param>
/// <param name="Text">What people find it by.</param>
/// <param name="Url">Where it leads; null for what is done on the spot.</param>
public sealed record PaletteItem(string Key, string Icon, string Text, string? Url)
{
    /// <summary>What tells it from others of its name, in the second ink.</summary>
    public string? Detail { get; init; }

    /// <summary>Further words that people find it by, which are not shown.</summary>
    public string Keywords { get; init; } = "";

    public PaletteCommand Command { get; init; }

    /// <summary>Not offered before somebody looks for it.</summary>
    public bool Hidden { get; init; }
}

/// <summary>What is done without leaving the page.</summary>
public enum PaletteCommand
{
    None,

    /// <summary>The browser switches between light and dark.</summary>
    SwitchTheme,
    ShowShortcuts,
}

/// <summary>Items under one heading.</summary>
/// <param name="Aside">They fit by words that are not shown, and come after all that fits by its name.</param>
public sealed record PaletteGroup(string Title, IReadOnlyList<PaletteItem> Items, bool Aside = false);
