using System.Globalization;

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
    /// <param name="wholeDay">A day means its end and not its beginning.</param>
    public static DateTimeOffset? Parse(string text, AuditSearchClock clock, bool wholeDay)
    {
        if (Ago(text) is { } span)
            return clock.Now.Ticks > span.Ticks ? clock.Now - span : DateTimeOffset.MinValue;
        if (DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (wholeDay && day == DateOnly.MaxValue)
                return DateTimeOffset.MaxValue;
            return StartOf((wholeDay ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue), clock.Zone);
        }

        var upper = text.ToUpperInvariant();
        if (DateTime.TryParseExact(upper, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return StartOf(local, clock.Zone);
        return DateTimeOffset.TryParseExact(upper, Exact, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? exact.ToUniversalTime() : null;
    }

    /// <summary>A time in the form that survives a change of zones.</summary>
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>When a time of the zone's clocks comes; where they are put forward over it, when they next show a later one.</summary>
    public static DateTimeOffset StartOf(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        return ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks
            ? (ticks < 0 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue)
            : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

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
