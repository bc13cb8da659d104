using System.Text;

namespace FinConsole.Core.Audit.Search;

/// <summary>A word of a search as it stands there.</summary>
/// <param name="Start">Where it begins, its minus included.</param>
/// <param name="Length">Up to where it ends, its quotation marks included.</param>
/// <param name="Negated">It begins with a minus.</param>
/// <param name="Field">What stands before the colon, in lower case; null for free text.</param>
/// <param name="Value">What stands behind it, without quotation marks.</param>
/// <param name="ValueStart">Where that begins, its opening quotation mark included.</param>
/// <param name="Quoted">It stands in quotation marks.</param>
public sealed record AuditToken(int Start, int Length, bool Negated, string? Field, string Value, int ValueStart, bool Quoted)
{
    public int End => Start + Length;
}

/// <summary>Cuts a search into its words: blanks part them, quotation marks keep together, a backslash in quotation marks takes the next character as it is.</summary>
public static class AuditTokens
{
    /// <summary>The words, and what is wrong where one cannot be told. Words before the fault are there all the same.</summary>
    public static (IReadOnlyList<AuditToken> Tokens, AuditSearchFault? Fault) Read(string text)
    {
        var tokens = new List<AuditToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at >= text.Length)
                return (tokens, null);
            if (ReadOne(text, ref at, tokens) is { } fault)
                return (tokens, fault);
        }
    }

    private static AuditSearchFault? ReadOne(string text, ref int at, List<AuditToken> tokens)
    {
        var start = at;
        var negated = text[at] == '-';
        if (negated)
            at++;
        var field = FieldAt(text, at);
        if (field is not null)
            at += field.Length + 1;
        var valueStart = at;
        var quoted = at < text.Length && text[at] == '"';
        var value = new StringBuilder();
        if (quoted)
        {
            if (!ReadQuoted(text, ref at, value))
                return new AuditSearchFault(AuditSearchTexts.OpenQuotes, valueStart, 1);
            if (at < text.Length && !char.IsWhiteSpace(text[at]))
                return new AuditSearchFault(AuditSearchTexts.BlankNeeded, at, 1);
        }
        else
        {
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
                value.Append(text[at++]);
        }

        tokens.Add(new AuditToken(start, at - start, negated, field?.ToLowerInvariant(), value.ToString(), valueStart, quoted));
        return null;
    }

    private static bool ReadQuoted(string text, ref int at, StringBuilder value)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return true;
            }

            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at]);
        }

        return false;
    }

    // A name and then a colon make a field; "10:30", "2001:db8::1" and "https://..." are text.
    private static string? FieldAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        if (end == start || end >= text.Length || text[end] != ':' || text.AsSpan(end).StartsWith("://"))
            return null;
        return text[start..end];
    }
}
