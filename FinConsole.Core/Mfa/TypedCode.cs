using System.Globalization;
using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Core.Mfa;

/// <summary>Codes as people and input methods write them: digits of any script, in groups with spaces or hyphens, with marks that a copy brought along.</summary>
internal static class TypedCode
{
    /// <summary>
    /// The code without spaces, hyphens and invisible marks, its letters and digits in compatibility form (NFKC) and every decimal digit in ASCII;
    /// empty for a text of more than <paramref name="longest"/> UTF-16 units, which nobody types for a code.
    /// </summary>
    public static string Compact(Secret typed, int longest)
    {
        var text = typed.Reveal();
        if (text.Length > longest)
            return "";
        var code = new StringBuilder(text.Length);
        foreach (var rune in UnicodeText.WithAsciiDigits(UnicodeText.Normalize(text, NormalizationForm.FormKC)).EnumerateRunes())
        {
            if (!Parts(rune))
                code.Append(rune.ToString());
        }

        return code.ToString();
    }

    private static bool Parts(Rune rune) =>
        Rune.IsWhiteSpace(rune) || rune.Value == 0x2212 || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
