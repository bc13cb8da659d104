using MudBlazor;

namespace FinConsole.Web.Theme;

/// <summary>The console's one theme: both palettes, type and shape. Nothing else decides a colour.</summary>
internal static class ConsoleTheme
{
    public const string Sans = "\"Inter\", system-ui, -apple-system, \"Segoe UI\", Roboto, sans-serif";
    public const string Mono = "\"JetBrains Mono\", ui-monospace, \"SFMono-Regular\", Menlo, Consolas, monospace";

    private static readonly string[] Family = [.. Sans.Split(", ").Select(name => name.Trim('"'))];

    public static ConsoleColors Light { get; } = new()
    {
        Page = "#f6f7f9",
        Surface = "#ffffff",
        MutedSurface = "#fafbfc",
        Raised = "#ffffff",
        Hover = "#f1f4f8",
        Line = "#e3e6eb",
        ControlLine = "#868e9c",
        Ink = "#0f172a",
        SecondInk = "#475569",
        ThirdInk = "#5b6678",
        Accent = "#1f5eff",
        AccentFill = "#1f5eff",
        AccentFillHover = "#174ad1",
        AccentStrong = "#174ad1",
        AccentInk = "#174ad1",
        AccentSoft = "#e8efff",
        AccentSoftInk = "#10369c",
        OnFill = "#ffffff",
        DangerFill = "#b42318",
        DangerFillHover = "#931b12",
        Good = new("#067647", "#e7f6ee", "#a6dcc0"),
        Warning = new("#8a4b08", "#fdf1dd", "#ecc98f"),
        Bad = new("#b42318", "#fdeceb", "#f3b8b3"),
        Info = new("#174ad1", "#e8efff", "#b6ccff"),
        Muted = new("#475569", "#eef1f5", "#e3e6eb"),
        Scrim = "rgb(15 23 42 / .45)",
        Shadow = "0 12px 32px rgb(15 23 42 / .18), 0 2px 6px rgb(15 23 42 / .08)",
    };

    public static ConsoleColors Dark { get; } = new()
    {
        Page = "#0d1117",
        Surface = "#151b23",
        MutedSurface = "#1a212b",
        Raised = "#1b232e",
        Hover = "#202a36",
        Line = "#2b3440",
        ControlLine = "#7d8896",
        Ink = "#e8edf4",
        SecondInk = "#a9b4c2",
        ThirdInk = "#98a4b3",
        Accent = "#3b74ff",
        AccentFill = "#2c63ee",
        AccentFillHover = "#2457d8",
        AccentStrong = "#5c8bff",
        AccentInk = "#8fb0ff",
        AccentSoft = "#1a2b52",
        AccentSoftInk = "#c3d5ff",
        OnFill = "#ffffff",
        DangerFill = "#b42318",
        DangerFillHover = "#931b12",
        Good = new("#5fd39b", "#10301f", "#245c40"),
        Warning = new("#f2bd6a", "#3a2909", "#6b4d17"),
        Bad = new("#ff9d93", "#431a17", "#7a2f29"),
        Info = new("#8fb0ff", "#1a2b52", "#2f4a8a"),
        Muted = new("#a9b4c2", "#252e3a", "#2b3440"),
        Scrim = "rgb(0 0 0 / .62)",
        Shadow = "0 16px 40px rgb(0 0 0 / .55), 0 0 0 1px #2b3440",
    };

    public static MudTheme Mud { get; } = new()
    {
        PaletteLight = Fill(new PaletteLight(), Light),
        PaletteDark = Fill(new PaletteDark(), Dark),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", AppbarHeight = "56px", DrawerWidthLeft = "248px" },
        Typography = new Typography
        {
            Default = Style<DefaultTypography>("14px", "20px", "400"),
            Body1 = Style<Body1Typography>("14px", "20px", "400"),
            Body2 = Style<Body2Typography>("12.5px", "18px", "400"),
            Caption = Style<CaptionTypography>("12.5px", "18px", "400"),
            Subtitle1 = Style<Subtitle1Typography>("14px", "20px", "600"),
            Subtitle2 = Style<Subtitle2Typography>("13px", "18px", "600"),
            H1 = Style<H1Typography>("22px", "28px", "700", "-.012em"),
            H2 = Style<H2Typography>("16px", "24px", "650", "-.006em"),
            H3 = Style<H3Typography>("14px", "20px", "650"),
            // The title of a dialog.
            H6 = Style<H6Typography>("16px", "24px", "650", "-.006em"),
            // Sentence case, and not the capitals of Material Design.
            Button = Style<ButtonTypography>("14px", "20px", "600"),
        },
        Shadows = Shadows(),
    };

    private static TPalette Fill<TPalette>(TPalette palette, ConsoleColors colors)
        where TPalette : Palette
    {
        palette.Background = colors.Page;
        palette.BackgroundGray = colors.MutedSurface;
        palette.Surface = colors.Surface;
        palette.AppbarBackground = palette.DrawerBackground = colors.Surface;
        palette.AppbarText = palette.DrawerText = colors.Ink;
        palette.DrawerIcon = palette.ActionDefault = colors.SecondInk;
        palette.TextPrimary = colors.Ink;
        palette.TextSecondary = colors.SecondInk;
        palette.TextDisabled = palette.ActionDisabled = colors.ThirdInk;
        palette.ActionDisabledBackground = palette.Skeleton = colors.Muted.Ground;
        palette.LinesDefault = palette.TableLines = palette.Divider = palette.DividerLight = colors.Line;
        palette.LinesInputs = colors.ControlLine;
        palette.TableHover = palette.TableStriped = colors.MutedSurface;
        palette.OverlayDark = palette.OverlayLight = colors.Scrim;
        (palette.Primary, palette.PrimaryDarken, palette.PrimaryLighten, palette.PrimaryContrastText) = (colors.AccentFill, colors.AccentFillHover, colors.AccentStrong, colors.OnFill);
        (palette.Success, palette.SuccessDarken, palette.SuccessLighten, palette.SuccessContrastText) = Of(colors.Good, colors);
        (palette.Warning, palette.WarningDarken, palette.WarningLighten, palette.WarningContrastText) = Of(colors.Warning, colors);
        (palette.Info, palette.InfoDarken, palette.InfoLighten, palette.InfoContrastText) = Of(colors.Info, colors);
        (palette.Secondary, palette.SecondaryDarken, palette.SecondaryLighten, palette.SecondaryContrastText) = Of(colors.Muted, colors);
        (palette.Tertiary, palette.TertiaryDarken, palette.TertiaryLighten, palette.TertiaryContrastText) = Of(colors.Muted, colors);
        (palette.Dark, palette.DarkDarken, palette.DarkLighten, palette.DarkContrastText) = Of(colors.Muted, colors);
        (palette.Error, palette.ErrorDarken, palette.ErrorLighten, palette.ErrorContrastText) = (colors.DangerFill, colors.Bad.Text, colors.Bad.Text, colors.OnFill);
        palette.HoverOpacity = .06;
        return palette;
    }

    // The text of an alert is the darker one in the light scheme and the lighter one in the dark scheme: both are the readable one.
    private static (string Main, string Darken, string Lighten, string Contrast) Of(StateColors state, ConsoleColors colors) =>
        (state.Text, state.Text, state.Text, colors.Surface);

    private static TTypography Style<TTypography>(string size, string lineHeight, string weight, string letterSpacing = "normal")
        where TTypography : BaseTypography, new() => new()
        {
            FontFamily = Family,
            FontSize = size,
            LineHeight = lineHeight,
            FontWeight = weight,
            LetterSpacing = letterSpacing,
            TextTransform = "none",
        };

    // Of dialogs (24) and menus (8) alone.
    private static Shadow Shadows()
    {
        var shadows = new Shadow();
        for (var elevation = 0; elevation < shadows.Elevation.Length; elevation++)
            shadows.Elevation[elevation] = elevation < 8 ? "none" : "var(--fc-shadow)";
        return shadows;
    }
}
