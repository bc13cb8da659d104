using System.Buffers;
using System.Globalization;
using System.Text;

namespace FinConsole.Core.Common;

/// <summary>
/// The one place where text that somebody sent is checked for code points that are not characters, and normalized. The analyzer bans
/// the framework's own <c>string.Normalize</c> everywhere else, because it throws on what anybody can send.
/// </summary>
public static class UnicodeText
{
    /// <summary>U+FFFD, which decoders write in the place of bytes and units that they cannot read.</summary>
    public const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> SurrogatesAndSuspects = SearchValues.Create(
        [.. Enumerable.Range(0xD800, 0x800).Concat(Enumerable.Range(0xFDD0, 0x20)).Concat([0xFFFE, 0xFFFF]).Select(unit => (char)unit)]);

    /// <summary>
    /// Whether the text holds characters alone: no surrogate without its partner, and none of Unicode's 66 noncharacters (U+FDD0 to U+FDEF and
    /// the last two code points of each plane; The Unicode Standard, 23.7), which are not for interchange.
    /// </summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        var next = text.IndexOfAny(SurrogatesAndSuspects);
        if (next < 0)
            return true;
        for (var rest = text[next..]; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var units) != OperationStatus.Done || IsNoncharacter(rune))
                return false;
            rest = rest[units..];
        }

        return true;
    }

    /// <summary>The text with U+FFFD in place of everything that makes it ill-formed. The length in UTF-16 units never grows.</summary>
    public static string Repair(string text)
    {
        if (IsWellFormed(text))
            return text;
        var repaired = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // A surrogate without its partner comes out as U+FFFD.
        {
            if (IsNoncharacter(rune))
                repaired.Append(Replacement);
            else
                repaired.Append(rune.ToString());
        }

        return repaired.ToString();
    }

    /// <summary>
    /// Normalizes any text. Lone surrogates and U+FFFE, on which the framework throws, count as U+FFFD; other noncharacters stay as they are,
    /// so that what was stored under an earlier version is still found.
    /// </summary>
    public static string Normalize(string text, NormalizationForm form = NormalizationForm.FormC)
    {
        if (Ascii.IsValid(text))
            return text;
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\uFFFE', Replacement);
#pragma warning disable RS0030 // The one place: nothing that it throws on is left.
        return whole.Normalize(form);
#pragma warning restore RS0030
    }

    /// <summary>
    /// Text in which every decimal digit of any script (Unicode category Nd: full-width, Arabic-Indic, Devanagari, mathematical and all others) is the
    /// ASCII digit of the same value. Everything else stays.
    /// </summary>
    public static string WithAsciiDigits(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var digits = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
                digits.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else
                digits.Append(rune.ToString());
        }

        return digits.ToString();
    }

    /// <summary>
    /// Whether nothing is to be seen of it, or a space that only looks like the plain one: control and format characters, separators,
    /// Default_Ignorable_Code_Point (The Unicode Standard, 5.21) and letters without ink. Joiners and variation selectors are among them, which
    /// some scripts and emoji use: what they change cannot be told from a name without them.
    /// </summary>
    public static bool IsInvisible(Rune rune) => rune.Value != ' ' && (Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || IsIgnorable(rune.Value) || rune.Value is 0x2800 or 0x16FE4 or 0x1D159);

    // DerivedCoreProperties.txt: stable, and with the code points that are reserved for more of them.
    private static bool IsIgnorable(int point) => point is 0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F)
        or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0
        or (>= 0xFFF0 and <= 0xFFF8) or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);

    private static bool IsNoncharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
