using FinConsole.Core.Audit.Search;
using FinConsole.Core.Common;

namespace FinConsole.Core.SavedViews;

/// <summary>What a view may hold: the filters that its list has in its address, and nothing of the page, such as the row that is open.</summary>
public static class SavedViewFilters
{
    private static readonly HashSet<string> OfAudit = new(StringComparer.Ordinal) { "q" };

    private static readonly HashSet<string> OfLogins = new(StringComparer.Ordinal) { "suspicious", "account", "ip", "outcome", "country", "period", "from", "to" };

    /// <summary>The filters of a query string, in its order. What has no value is left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(string query) =>
        from part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let sign = part.IndexOf('=', StringComparison.Ordinal)
        where sign > 0 && sign < part.Length - 1
        select KeyValuePair.Create(Decode(part[..sign]), Decode(part[(sign + 1)..]));

    /// <summary>Whether the list has a filter of this name.</summary>
    public static bool Has(SavedViewList list, string name) => (list == SavedViewList.AuditLog ? OfAudit : OfLogins).Contains(name);

    /// <summary>The same filters, each written in one way.</summary>
    internal static string Write(string query) => string.Join('&', Read(query).Select(filter => $"{filter.Key}={Uri.EscapeDataString(filter.Value)}"));

    /// <summary>What is wrong with a query string; null when it can be saved.</summary>
    internal static string? Fault(SavedViewList list, string? query, DateTimeOffset now)
    {
        if (query is null || query.Length > 2 * SavedView.LongestQuery)
            return query is null ? SavedViewErrorTexts.NoFilters : SavedViewErrorTexts.TooLong;
        if (!UnicodeText.IsWellFormed(query) || query.Any(char.IsControl))
            return InputTexts.VisibleLine;

        var filters = Read(query).ToList();
        if (filters.Count == 0)
            return SavedViewErrorTexts.NoFilters;
        var seen = new HashSet<string>();
        foreach (var (name, value) in filters)
        {
            if (!Has(list, name))
                return Texts.Format(SavedViewErrorTexts.UnknownFilter, PlainText.ForStorage(name, 40));
            if (!seen.Add(name))
                return Texts.Format(SavedViewErrorTexts.TwiceFilter, name);
            if (!UnicodeText.IsWellFormed(value) || value.Any(char.IsControl))
                return InputTexts.VisibleLine;
            if (SecretText.IsIn(value))
                return InputTexts.NoToken;
            if (list == SavedViewList.AuditLog && AuditSearchParser.Parse(value, new AuditSearchClock(now, TimeZoneInfo.Utc)).Fault is { } fault)
                return fault.Message;
        }

        return Write(query).Length > SavedView.LongestQuery ? SavedViewErrorTexts.TooLong : null;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
