using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>
/// What is left of a password once everything is taken out that costs a guesser almost nothing: repetitions of what came before, runs
/// along the alphabet, the digits or the keyboard, and words that everybody knows of the account. Length that comes from these is no
/// strength, and zxcvbn gives credit for it.
/// </summary>
internal static class PasswordCore
{
    // Three characters that came before are a repetition; chance gives few of them even to long passphrases.
    private const int ShortestRepeat = 3;

    // Four, because "rst" and "hij" stand in ordinary words.
    private const int ShortestRun = 4;

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]", "qwertzuiopü", "azertyuiop", "asdfghjkl;'", "qsdfghjklm", "zxcvbnm,./", "yxcvbnm", "wxcvbn",
        "!@#$%^&*()", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/", "1qay", "6zhn", "789456123", "147258369", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
    ];

    private static readonly string[] Runs = [.. Rows, .. Rows.Select(row => new string([.. row.Reverse()]))];

    /// <summary>The text as it is measured: full-width letters and the like are the same key as the ordinary ones, and case adds next to nothing.</summary>
    public static string Fold(string text) => UnicodeText.Normalize(text, NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>The core of a text.</summary>
    /// <param name="folded">See <see cref="Fold"/>.</param>
    /// <param name="words">Words of the account in lower case, at least three characters each. They add nothing.</param>
    public static string Of(string folded, IReadOnlyList<string> words)
    {
        var core = new StringBuilder();
        for (var at = 0; at < folded.Length;)
        {
            var rest = folded.AsSpan(at);
            if (LongestWord(rest, words) is > 0 and var word)
            {
                at += word;
            }
            else if (LongestRepeat(folded, at) is >= ShortestRepeat and var repeated)
            {
                at += repeated;
            }
            else
            {
                // A run is worth its first key; so is a key that is held down.
                core.Append(rest[0]);
                at += Math.Max(LongestRun(rest), 1);
                while (at < folded.Length && folded[at] == folded[at - 1] && !char.IsSurrogate(folded[at]))
                    at++;
            }
        }

        return core.ToString();
    }

    private static int LongestWord(ReadOnlySpan<char> rest, IReadOnlyList<string> words)
    {
        var longest = 0;
        foreach (var word in words)
        {
            if (word.Length > longest && rest.StartsWith(word, StringComparison.Ordinal))
                longest = word.Length;
        }

        return longest;
    }

    // Of what begins here, the longest part that began earlier as well; the two may overlap, as in "abcabcabc".
    private static int LongestRepeat(string text, int at)
    {
        var longest = 0;
        for (var from = 0; from < at; from++)
        {
            var length = 0;
            while (at + length < text.Length && text[from + length] == text[at + length])
                length++;
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private static int LongestRun(ReadOnlySpan<char> rest)
    {
        var longest = 0;
        foreach (var run in Runs)
        {
            var from = run.IndexOf(rest[0], StringComparison.Ordinal);
            if (from >= 0)
                longest = Math.Max(longest, rest.CommonPrefixLength(run.AsSpan(from)));
        }

        return longest >= ShortestRun ? longest : 0;
    }
}
