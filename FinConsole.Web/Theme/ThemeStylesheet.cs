using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MudBlazor;

namespace FinConsole.Web.Theme;

/// <summary>
/// The theme as a style sheet. MudBlazor's provider writes a style element into each page, which the content security policy refuses; a file is
/// cached, and is there without script.
/// </summary>
internal static class ThemeStylesheet
{
    // What the reader chose, or the system's choice where they made none. Paper is light.
    private const string DarkBySystem = "@media screen and (prefers-color-scheme: dark) { :root:not([data-theme=\"light\"]):not([data-theme=\"dark\"]) {\n";

    /// <summary>UTF-8.</summary>
    public static byte[] Content { get; } = Encoding.UTF8.GetBytes(Write());

    /// <summary>The same, compressed with Brotli (RFC 7932).</summary>
    public static byte[] Compressed { get; } = Compress(Content);

    /// <summary>The start of the content's SHA-256, in lower-case hexadecimal: another theme has another address.</summary>
    public static string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 8));

    private static string Write()
    {
        var (light, dark) = (Block("light", ConsoleTheme.Light), Block("dark", ConsoleTheme.Dark));
        return $":root {{\n--fc-font: {ConsoleTheme.Sans};\n--fc-mono: {ConsoleTheme.Mono};\n{light}}}\n@media screen {{ :root[data-theme=\"dark\"] {{\n{dark}}} }}\n{DarkBySystem}{dark}}} }}\n";
    }

    private static string Block(string scheme, ConsoleColors colors)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"color-scheme: {scheme};\n");
        new Writer().WriteTo(text, scheme == "dark");
        foreach (var (name, value) in Variables(colors))
            text.Append(CultureInfo.InvariantCulture, $"--fc-{name}: {value};\n");
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Variables(ConsoleColors colors) =>
    [
        ("page", colors.Page), ("surface", colors.Surface), ("surface-2", colors.MutedSurface), ("raised", colors.Raised), ("hover", colors.Hover),
        ("line", colors.Line), ("line-strong", colors.ControlLine), ("ink", colors.Ink), ("ink-2", colors.SecondInk), ("ink-3", colors.ThirdInk),
        ("accent", colors.Accent), ("accent-fill", colors.AccentFill), ("accent-fill-hover", colors.AccentFillHover),
        ("accent-strong", colors.AccentStrong), ("accent-ink", colors.AccentInk), ("accent-soft", colors.AccentSoft),
        ("accent-soft-ink", colors.AccentSoftInk), ("on-accent", colors.OnFill), ("danger-fill", colors.DangerFill),
        ("danger-fill-hover", colors.DangerFillHover), ("scrim", colors.Scrim), ("shadow", colors.Shadow),
        .. State("ok", colors.Good), .. State("warn", colors.Warning), .. State("bad", colors.Bad), .. State("info", colors.Info), .. State("mute", colors.Muted),
    ];

    private static IEnumerable<(string Name, string Value)> State(string name, StateColors state) =>
        [(name, state.Text), (name + "-bg", state.Ground), (name + "-line", state.Line)];

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
            brotli.Write(content);
        return compressed.ToArray();
    }

    // The provider knows how a theme becomes CSS variables. It is never rendered.
    private sealed class Writer : MudThemeProvider
    {
        public void WriteTo(StringBuilder text, bool isDark)
        {
#pragma warning disable BL0005 // Outside of a renderer there is nobody else to set a parameter.
            Theme = ConsoleTheme.Mud;
#pragma warning restore BL0005
            SystemDarkModeChangedAsync(isDark).GetAwaiter().GetResult();
            GenerateTheme(text);
        }
    }
}
