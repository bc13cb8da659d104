using System.Globalization;
using System.Text.Json;
using FinConsole.Core.Common;

namespace FinConsole.Web.Components.Shared;

/// <summary>Writes times as this reader wants them: in their zone, relative where that is what matters, exact in UTC on hover.</summary>
public sealed class UserClock(TimeZoneInfo zone, TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public TimeZoneInfo Zone => zone;

    /// <summary>The zone that the reader chose, or the browser reported, or UTC.</summary>
    public static TimeZoneInfo ZoneOf(params string?[] candidates)
    {
        foreach (var id in candidates)
        {
            if (LocalTime.FindZone(id) is { } found)
                return found;
        }

        return TimeZoneInfo.Utc;
    }

    /// <summary>For example "25 Jan 2027".</summary>
    public string Day(DateTimeOffset at) => Local(at).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>For example "25 Jan 2027, 14:03".</summary>
    public string Minute(DateTimeOffset at) => Local(at).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For example "25 Jan 2027, 14:03:27".</summary>
    public string Second(DateTimeOffset at) => Local(at).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>For example "14:03:27".</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>For example "2027-01-25 13:03:27 UTC".</summary>
    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For example "in 12 days", "3 minutes ago", "just now".</summary>
    public string Relative(DateTimeOffset at)
    {
        var span = at - Now;
        var words = Describe(span.Duration());
        return words is null ? SharedTexts.JustNow : Texts.Format(span > TimeSpan.Zero ? SharedTexts.InTime : SharedTexts.Ago, words);
    }

    /// <summary>For example "12 days", rounded to the nearest; null for less than a minute.</summary>
    public static string? Describe(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => null,
        { TotalMinutes: < 90 } => Count(span.TotalMinutes, SharedTexts.MinuteOne, SharedTexts.MinuteMany),
        { TotalHours: < 36 } => Count(span.TotalHours, SharedTexts.HourOne, SharedTexts.HourMany),
        { TotalDays: < 60 } => Count(span.TotalDays, SharedTexts.DayOne, SharedTexts.DayMany),
        { TotalDays: < 730 } => Count(span.TotalDays / 30.44, SharedTexts.MonthOne, SharedTexts.MonthMany),
        _ => Count(span.TotalDays / 365.25, SharedTexts.YearOne, SharedTexts.YearMany),
    };

    /// <summary>What the browser needs to say the same as <see cref="Relative"/> later on (times.js): the texts, and the present time. JSON.</summary>
    public static string ForBrowser(DateTimeOffset now) => JsonSerializer.Serialize(new
    {
        now,
        justNow = SharedTexts.JustNow,
        future = SharedTexts.InTime,
        past = SharedTexts.Ago,
        minute = new[] { SharedTexts.MinuteOne, SharedTexts.MinuteMany },
        hour = new[] { SharedTexts.HourOne, SharedTexts.HourMany },
        day = new[] { SharedTexts.DayOne, SharedTexts.DayMany },
        month = new[] { SharedTexts.MonthOne, SharedTexts.MonthMany },
        year = new[] { SharedTexts.YearOne, SharedTexts.YearMany },
    });

    /// <summary>When a day of the reader's begins.</summary>
    public DateTimeOffset StartOf(DateOnly day) => LocalTime.DayStart(day, zone);

    /// <summary>The first instant after a day of the reader's.</summary>
    public DateTimeOffset EndOf(DateOnly day) => LocalTime.DayEnd(day, zone);

    /// <summary>The reader's day that an instant lies in.</summary>
    public DateOnly DayOf(DateTimeOffset at) => LocalTime.DayOf(at, zone);

    private static string Count(double number, string one, string many)
    {
        var whole = (long)Math.Round(number, MidpointRounding.AwayFromZero);
        return Texts.Format(whole == 1 ? one : many, whole);
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
}
