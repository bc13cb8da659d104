namespace FinConsole.Core.Common;

/// <summary>One line of text that a person types as a name.</summary>
public static class PlainText
{
    // Marks that reorder or hide what stands beside them, and what broken bytes became: a name must read the same for everybody.
    private static readonly char[] Deceptive =
        ['\u200B', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2060', '\u2066', '\u2067', '\u2068', '\u2069', '\uFEFF', UnicodeText.Replacement];

    /// <summary>Trimmed and in Unicode's composed form (NFC).</summary>
    public static string Clean(string text) => UnicodeText.Normalize(text.Trim());

    /// <summary>
    /// What is wrong with a name; null when it is 1 to <paramref name="longest"/> characters that can all be seen, on one line. Two names that look
    /// the same must be the same, so a name holds nothing invisible and no space but the plain one (<see cref="UnicodeText.IsInvisible"/>). Nor
    /// does it hold a token, which everybody would read who reads the name.
    /// </summary>
    public static string? Fault(string? text, int longest)
    {
        if (LineFault(text, longest) is { } fault)
            return fault;
        if (SecretText.IsIn(text))
            return InputTexts.NoToken;
        foreach (var rune in text!.Trim().EnumerateRunes())
        {
            if (UnicodeText.IsInvisible(rune))
                return InputTexts.VisibleLine;
        }

        return null;
    }

    /// <summary>
    /// What is wrong with one line that is no new name: a passphrase, or what somebody looks for among names that were taken under an earlier rule.
    /// </summary>
    public static string? LineFault(string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Texts.Format(InputTexts.OneToCharacters, longest);
        if (!UnicodeText.IsWellFormed(text) || text.Any(char.IsControl) || text.AsSpan().IndexOfAny(Deceptive) >= 0)
            return InputTexts.VisibleLine;
        return Clean(text).Length > longest ? Texts.Format(InputTexts.AtMost, longest) : null;
    }

    /// <summary>
    /// What somebody sent, made fit to be kept: no NUL (which PostgreSQL refuses), no half characters and no
    /// noncharacters, tokens of ours masked (<see cref="SecretText"/>), at most <paramref name="longest"/> long.
    /// </summary>
    public static string ForStorage(string text, int longest) =>
        UnicodeText.Repair(Cut(SecretText.MaskKept(text.Replace("\0", "", StringComparison.Ordinal)), longest));

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
