using System.Buffers;
using System.Globalization;
using System.Text;

namespace FinConsole.Core.Common;

/// <summary>
/// A text as it reads once the other ways to write the same characters are undone, and where in the original each character stands:
/// percent-encoding, also of itself; full-width and other compatible forms (NFKC); and what is not to be seen.
/// </summary>
internal sealed class FoldedText
{
    // A browser, a proxy and a log may each have encoded it once.
    private const int MostRounds = 6;
    private const int Encoded = 3;

    private readonly List<Unit> _units;

    private FoldedText(List<Unit> units)
    {
        _units = units;
        Text = string.Create(units.Count, units, static (chars, from) =>
        {
            for (var at = 0; at < chars.Length; at++)
                chars[at] = from[at].Char;
        });
    }

    public string Text { get; }

    /// <summary>Null where the text is its own folded form.</summary>
    public static FoldedText? Of(string text)
    {
        if (Ascii.IsValid(text) && !text.Contains('%') && !text.Any(IsHiddenControl))
            return null;
        var units = text.Select((each, at) => new Unit(each, at, at + 1)).ToList();
        var folded = Fold(units);
        for (var round = 0; round < MostRounds && TryDecode(folded, out var decoded); round++)
            folded = Fold(decoded);
        return new FoldedText(folded);
    }

    /// <summary>Where in the original the characters from <paramref name="start"/> up to <paramref name="end"/> stand.</summary>
    public (int Start, int End) SpanOf(int start, int end) => (_units[start].Start, _units[end - 1].End);

    private static List<Unit> Fold(List<Unit> units)
    {
        var folded = new List<Unit>(units.Count);
        Span<char> pair = stackalloc char[2];
        for (var at = 0; at < units.Count;)
        {
            var unit = units[at];
            if (char.IsAscii(unit.Char))
            {
                if (!IsHiddenControl(unit.Char))
                    folded.Add(unit);
                at++;
                continue;
            }

            pair[0] = unit.Char;
            pair[1] = at + 1 < units.Count ? units[at + 1].Char : '\0';
            if (Rune.DecodeFromUtf16(pair, out var rune, out var length) != OperationStatus.Done)
                (rune, length) = (Rune.ReplacementChar, 1);
            var end = units[at + length - 1].End;
            at += length;
            if (!IsHidden(rune))
            {
                var plain = UnicodeText.Normalize(rune.ToString(), NormalizationForm.FormKC);
                folded.AddRange(plain.Select(each => new Unit(each, unit.Start, end)));
            }
        }

        return folded;
    }

    private static bool IsHidden(Rune rune) =>
        (UnicodeText.IsInvisible(rune) && !Rune.IsWhiteSpace(rune))
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsHiddenControl(char each) => char.IsControl(each) && !char.IsWhiteSpace(each);

    private static bool TryDecode(List<Unit> units, out List<Unit> decoded)
    {
        decoded = new List<Unit>(units.Count);
        for (var at = 0; at < units.Count;)
        {
            if (ReadBytes(units, at) is not { Length: > 0 } bytes)
            {
                decoded.Add(units[at++]);
                continue;
            }

            for (var read = 0; read < bytes.Length;)
            {
                var start = at + (read * Encoded);
                if (Rune.DecodeFromUtf8(bytes.AsSpan(read), out var rune, out var length) == OperationStatus.Done)
                {
                    var end = units[start + (length * Encoded) - 1].End;
                    decoded.AddRange(rune.ToString().Select(each => new Unit(each, units[start].Start, end)));
                    read += length;
                    continue;
                }

                // Bytes of another encoding, or no text at all.
                decoded.AddRange(units.GetRange(start, Encoded));
                read++;
            }

            at += bytes.Length * Encoded;
        }

        return decoded.Count < units.Count;
    }

    // Those of one percent-encoded run.
    private static byte[] ReadBytes(List<Unit> units, int at)
    {
        var bytes = new List<byte>();
        for (; at + 2 < units.Count && units[at].Char == '%' && IsHex(at + 1) && IsHex(at + 2); at += Encoded)
            bytes.AddRange(Convert.FromHexString([units[at + 1].Char, units[at + 2].Char]));
        return [.. bytes];

        bool IsHex(int which) => char.IsAsciiHexDigit(units[which].Char);
    }

    private readonly record struct Unit(char Char, int Start, int End);
}
