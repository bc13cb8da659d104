namespace FinConsole.Core.Audit.Search;

/// <summary>Changes a search by its words: what filter controls and links do.</summary>
public static class AuditSearchEdit
{
    /// <summary>The search with this value for the field, instead of whatever it said about it; null takes the field out.</summary>
    public static string Set(string text, string field, string? value)
    {
        // A search that cannot be read to its end is kept up to where it can.
        var kept = AuditTokens.Read(text).Tokens.Where(token => token.Field != field).Select(token => text.Substring(token.Start, token.Length));
        return string.Join(' ', value is null ? kept : kept.Append(Word(field, value)));
    }

    /// <summary>What the search says about a field, without a minus; null when it says nothing, or says it more than once.</summary>
    public static string? Get(string text, string field) =>
        AuditTokens.Read(text).Tokens.Where(token => token.Field == field).ToList() is [{ Negated: false, Value: var value }] ? value : null;

    /// <summary>One word of a search. A value with blanks, or one that could be read as something else, goes into quotation marks.</summary>
    public static string Word(string field, string value, bool quoted = false) => $"{field}:{(quoted || NeedsQuotes(value) ? Quote(value) : value)}";

    public static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static bool NeedsQuotes(string value) => value.Length == 0 || value[0] == '"' || value.Any(char.IsWhiteSpace);
}
