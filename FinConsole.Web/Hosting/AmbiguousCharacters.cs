using System.Buffers;
using System.Globalization;
using System.Text;

namespace FinConsole.Web.Hosting;

/// <summary>
/// Characters that some server reads as others, or does not see. ADR 0020 states the rules; a test computes each table from Unicode and from all code
/// pages that .NET knows.
/// </summary>
internal static class AmbiguousCharacters
{
    /// <summary>
    /// What becomes one of / \ % ; # ?, or nothing but dots: by compatibility normalization (NFKC), or by best fit, when the text is encoded in
    /// some code page. "?" is not looked for in code pages, where it stands for whatever they lack.
    /// </summary>
    public const string Structural =
        "\u00A5\u00B4\u0160\u02CA\u0301\u037E\u066A\u2024\u2025\u2026\u2030\u2044\u2047\u2048\u2049\u20A9\u2100\u2101\u2105\u2106\u2215\u2216"
        + "\uFE14\uFE16\uFE19\uFE30\uFE52\uFE54\uFE56\uFE5F\uFE68\uFE6A\uFF03\uFF05\uFF0E\uFF0F\uFF1B\uFF1F\uFF3C";

    /// <summary>Slashes by their names in Unicode, which code pages of other platforms may know.</summary>
    public const string OtherSlashes = "\u29F5\u29F8\u29F9";

    /// <summary>What becomes a dot in some code page. Within a word it separates syllables; it matters where a segment is made of nothing else.</summary>
    public const string Dots = "\u00B7\u066C\u2022";

    /// <summary>Which IDNA reads as dots (UTS 46, 4).</summary>
    public const string FullStops = "\u3002\uFF61";

    private static readonly SearchValues<char> AllStructural = SearchValues.Create(Structural + OtherSlashes);
    private static readonly SearchValues<char> Refused = SearchValues.Create(@"/\%;" + Structural + OtherSlashes);
    private static readonly SearchValues<char> AllDots = SearchValues.Create("." + Dots + FullStops);

    // Default_Ignorable_Code_Point of Unicode 16, each range with its end, without what is a format character anyhow.
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x3164, 0x3164), (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Whether a decoded segment holds what structures a path, or is read as that.</summary>
    public static bool AreIn(ReadOnlySpan<char> decoded)
    {
        foreach (var character in decoded)
        {
            if (char.IsControl(character) || Refused.Contains(character))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a segment is made of dots for some server. Some file systems drop spaces and further dots at a segment's end; NFKC turns other spaces
    /// into plain ones, and some servers drop what is invisible.
    /// </summary>
    public static bool AreDots(ReadOnlySpan<char> segment)
    {
        foreach (var rune in segment.EnumerateRunes())
        {
            if (!IsDot(rune) && !Rune.IsWhiteSpace(rune) && !IsInvisible(rune))
                return false;
        }

        return !segment.IsEmpty;
    }

    /// <summary>A dot, or what is read as one where nothing else is in its segment.</summary>
    public static bool IsDot(Rune rune) => rune.IsBmp && AllDots.Contains((char)rune.Value);

    /// <summary>Whether some server reads the character as structure, which it is not.</summary>
    public static bool IsStructural(Rune rune) => rune.IsBmp && AllStructural.Contains((char)rune.Value);

    /// <summary>Format characters, all that Unicode lets be ignored, and the blank Braille pattern, whose picture is empty.</summary>
    public static bool IsInvisible(Rune rune)
    {
        if (rune.IsAscii)
            return false;
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value == 0x2800)
            return true;
        foreach (var (first, last) in Ignorable)
        {
            if (rune.Value >= first && rune.Value <= last)
                return true;
        }

        return false;
    }
}
