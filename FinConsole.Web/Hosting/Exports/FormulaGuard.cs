using System.Buffers;
using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Exports;

/// <summary>
/// Puts an apostrophe where a spreadsheet could see a formula begin: at the beginning of a text, and behind each separator in it, since a
/// spreadsheet that is set to another separator than the comma begins cells there, whatever the quotes are. What begins with an apostrophe
/// there gets one more, so that removing one apostrophe at each of these places gives the text back.
/// </summary>
internal static class FormulaGuard
{
    private const char Apostrophe = '\'';
    private static readonly SearchValues<char> BeginsFormula = SearchValues.Create("=+-@\u2212");
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;|\t\r\n");

    public static string Guard(string text)
    {
        StringBuilder? guarded = null;
        var copied = 0;
        for (var at = 0; at < text.Length;)
        {
            if (NeedsGuard(text.AsSpan(at), isWhole: at == 0))
            {
                (guarded ??= new StringBuilder(text.Length + 8)).Append(text, copied, at - copied).Append(Apostrophe);
                copied = at;
            }

            var next = text.AsSpan(at).IndexOfAny(Separators);
            at = next < 0 ? text.Length : at + next + 1;
        }

        return guarded is null ? text : guarded.Append(text, copied, text.Length - copied).ToString();
    }

    // A tab or a line break at the beginning of a cell is not shown, and what follows may be taken for the beginning.
    private static bool NeedsGuard(ReadOnlySpan<char> text, bool isWhole) =>
        text[0] == Apostrophe || (isWhole && text[0] is '\t' or '\r' or '\n') || MayBeFormula(text);

    // Spreadsheets take full-width signs for the plain ones, pass over what they do not show, and drop quotes.
    private static bool MayBeFormula(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is > ' ' and <= '~' and not '"')
                return BeginsFormula.Contains((char)rune.Value);
            if (rune.IsBmp && Separators.Contains((char)rune.Value))
                return false;
            if (rune.Value is not (' ' or '"') && !UnicodeText.IsInvisible(rune))
                return BeginsFormula.Contains(UnicodeText.Normalize(rune.ToString(), NormalizationForm.FormKC)[0]);
        }

        return false;
    }
}
