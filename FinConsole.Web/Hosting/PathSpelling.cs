using System.Text;
using System.Text.RegularExpressions;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting;

/// <summary>
/// Reads a path as leniently as any server, proxy or browser may read it: what must not be reached is recognized in whatever spelling. It only
/// ever says what a path could mean; routing decides what is there.
/// </summary>
internal static partial class PathSpelling
{
    private const int MostDecodings = 3;

    /// <summary>
    /// The segments, in small letters: decoded as often as they may have been encoded, by compatibility characters and best fit too, with dot segments
    /// resolved, parameters cut, and without what is invisible, bytes that are no UTF-8, spaces, and dots at a segment's end.
    /// </summary>
    public static List<string> Resolve(string path)
    {
        for (var number = 0; number < MostDecodings && path.Contains('%'); number++)
            path = Uri.UnescapeDataString(path);
        path = UnicodeText.Normalize(Undecoded().Replace(path, ""), NormalizationForm.FormKC);
        var resolved = new List<string>();
        foreach (var segment in Plain(path).Split('/'))
        {
            var name = segment.Split(';')[0];
            if (name.TrimEnd('.') is { Length: > 0 } named)
                resolved.Add(named);
            else if (name.Length > 1)
                resolved.RemoveRange(Math.Max(0, resolved.Count - 1), Math.Min(1, resolved.Count));
        }

        return resolved;
    }

    // Slashes are what may be one, or may end a path; semicolons what may end a segment: NTFS takes a colon for that.
    private static string Plain(string path)
    {
        var plain = new StringBuilder(path.Length);
        foreach (var rune in path.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || AmbiguousCharacters.IsInvisible(rune) || rune.Value is '+' or UnicodeText.Replacement)
                continue;
            if (rune.Value is '\\' or '?' or '#' || AmbiguousCharacters.IsStructural(rune))
                plain.Append('/');
            else if (AmbiguousCharacters.IsDot(rune))
                plain.Append('.');
            else
                plain.Append(rune.Value == ':' ? ";" : Rune.ToLowerInvariant(rune).ToString());
        }

        return plain.ToString();
    }

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Undecoded();
}
