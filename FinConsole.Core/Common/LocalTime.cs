namespace FinConsole.Core.Common;

/// <summary>
/// Turns times that a zone's clocks show into instants. Where the clocks are put back, an hour is shown twice: a beginning takes the earlier
/// instant, an end the later one, so that nothing of the hour is lost. Where they are put forward, the time in between is never shown:
/// both take the instant of the change.
/// </summary>
/// <remarks>
/// <see cref="TimeZoneInfo.IsAmbiguousTime(DateTime)"/> knows only hours that daylight saving repeats: not those of a zone whose winter time
/// is the exception in its data (Dublin, Casablanca), and not a change of standard time (Almaty 2024). So instants are found by the zone's offset at
/// instants alone, which is never in doubt.
/// </remarks>
public static class LocalTime
{
    // Offsets lie between -12 h and +14 h, and no zone changes twice within two days.
    private static readonly TimeSpan Around = TimeSpan.FromHours(26);

    private const int LongestZone = 64;

    /// <summary>The zone of this IANA name; null where there is none.</summary>
    public static TimeZoneInfo? FindZone(string? id) =>
        !string.IsNullOrEmpty(id) && id.Length <= LongestZone && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : null;

    /// <summary>When the zone's clocks first show this time, or would.</summary>
    /// <returns>In UTC; the earliest or latest instant there is for a time that lies beyond.</returns>
    public static DateTimeOffset Start(DateTime local, TimeZoneInfo zone) => Find(local, zone, latest: false);

    /// <summary>When the zone's clocks last show this time, or would.</summary>
    /// <returns>In UTC; the earliest or latest instant there is for a time that lies beyond.</returns>
    public static DateTimeOffset End(DateTime local, TimeZoneInfo zone) => Find(local, zone, latest: true);

    /// <summary>The first instant of a day of the zone's calendar.</summary>
    public static DateTimeOffset DayStart(DateOnly day, TimeZoneInfo zone) => Start(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>The first instant after a day of the zone's calendar.</summary>
    public static DateTimeOffset DayEnd(DateOnly day, TimeZoneInfo zone)
    {
        // By its last tick, not by the next midnight: that may come twice, and its first coming belongs to the next day already.
        var last = End(day.ToDateTime(TimeOnly.MaxValue), zone);
        if (last == DateTimeOffset.MaxValue)
            return last;
        return Shown(last, zone).Date == day.ToDateTime(TimeOnly.MinValue) ? last.AddTicks(1) : last;
    }

    /// <summary>The day of the zone's calendar that an instant lies in.</summary>
    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(Shown(at, zone));

    private static DateTime Shown(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    private static DateTimeOffset Find(DateTime local, TimeZoneInfo zone, bool latest)
    {
        var (before, after) = (OffsetAt(local.Ticks - Around.Ticks, zone), OffsetAt(local.Ticks + Around.Ticks, zone));
        var (early, late) = (local.Ticks - Math.Max(before, after), local.Ticks - Math.Min(before, after));
        var (earlyShows, lateShows) = (early + OffsetAt(early, zone) == local.Ticks, late + OffsetAt(late, zone) == local.Ticks);
        return (earlyShows, lateShows) switch
        {
            (true, true) => At(latest ? late : early),
            (true, false) => At(early),
            (false, true) => At(late),
            _ => At(ChangeBetween(early, late, zone)),
        };
    }

    // In the gap, clocks show less than the time before the change and more after it; the change lies between the two candidates.
    private static long ChangeBetween(long early, long late, TimeZoneInfo zone)
    {
        var offset = OffsetAt(early, zone);
        while (late - early > 1)
        {
            var middle = early + ((late - early) / 2);
            if (OffsetAt(middle, zone) == offset)
                early = middle;
            else
                late = middle;
        }

        return late;
    }

    private static long OffsetAt(long utcTicks, TimeZoneInfo zone) => zone.GetUtcOffset(At(utcTicks)).Ticks;

    private static DateTimeOffset At(long utcTicks) =>
        new(Math.Clamp(utcTicks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
