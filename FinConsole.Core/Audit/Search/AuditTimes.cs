using System.Globalization;
using FinConsole.Core.Common;

namespace FinConsole.Core.Audit.Search;

/// <summary>Times as people type them into a search.</summary>
public static class AuditTimes
{
    private const int MostOfAUnit = 100_000;
    private const string Day = "yyyy-MM-dd";
    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] Exact = [.. Local.Select(format => format + "K")];

    /// <summary>
    /// Reads "7d" (also m, h, w: so long ago), "2026-11-01" (that day in the reader's zone), "2026-11-01T14:30" (in the reader's zone),
    /// "2026-11-01T14:30:00Z". Null for anything else, and for times outside the calendar.
    /// </summary>
    /// <param name="text">As typed.</param>
    /// <param name="clock">Now, and the reader's zone.</param>
    /// <param name="end">Of a day its end is meant, and not its beginning; of a time that the reader's clocks show twice, the second.</param>
    public static DateTimeOffset? Parse(string text, AuditSearchClock clock, bool end)
    {
        if (Ago(text) is { } span)
            return clock.Now.Ticks > span.Ticks ? clock.Now - span : DateTimeOffset.MinValue;
        if (DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return end ? LocalTime.DayEnd(day, clock.Zone) : LocalTime.DayStart(day, clock.Zone);

        var upper = text.ToUpperInvariant();
        if (DateTime.TryParseExact(upper, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return end ? LocalTime.End(local, clock.Zone) : LocalTime.Start(local, clock.Zone);
        return DateTimeOffset.TryParseExact(upper, Exact, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? exact.ToUniversalTime() : null;
    }

    /// <summary>A time in the form that survives a change of zones.</summary>
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static TimeSpan? Ago(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MostOfAUnit)
            return null;
        return char.ToLowerInvariant(text[^1]) switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            'w' => TimeSpan.FromDays(7L * count),
            _ => null,
        };
    }
}
