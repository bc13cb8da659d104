using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Web.Components.Shared;

namespace FinConsole.Web.Components.Lists;

/// <summary>A stretch of time that ends now, as addresses and the button of a list say it.</summary>
/// <param name="Word">In the address: "7d".</param>
/// <param name="Text">"Last 7 days".</param>
public sealed record Period(string Word, string Text, TimeSpan Length);

/// <summary>The periods that lists offer, and how ranges of days are said.</summary>
public static class Periods
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>From the shortest to the longest.</summary>
    public static IReadOnlyList<Period> All { get; } =
    [
        new("1h", SharedTexts.PeriodHour, TimeSpan.FromHours(1)), new("24h", SharedTexts.PeriodDay, TimeSpan.FromHours(24)), new("7d", SharedTexts.PeriodWeek, TimeSpan.FromDays(7)),
        new("30d", SharedTexts.PeriodMonth, TimeSpan.FromDays(30)), new("90d", SharedTexts.PeriodQuarter, TimeSpan.FromDays(90)), new("365d", SharedTexts.PeriodYear, TimeSpan.FromDays(365)),
    ];

    /// <summary>The period of this word, in any letter case; null when there is none.</summary>
    public static Period? Find(string? word) => All.FirstOrDefault(period => string.Equals(period.Word, word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a button says of a range; each end as the address has it, or empty.</summary>
    public static string Describe(string? from, string? to) => (Say(from), Say(to)) switch
    {
        (null, null) => SharedTexts.PeriodAny,
        ({ } since, null) => Texts.Format(SharedTexts.PeriodSince, since),
        (null, { } until) => Texts.Format(SharedTexts.PeriodUntil, until),
        var (since, until) => since == until ? since! : Texts.Format(SharedTexts.PeriodBetween, since, until),
    };

    /// <summary>The text when it is a day, as a date field takes it; null for anything else.</summary>
    public static string? Day(string? text) => Parse(text) is null ? null : text;

    /// <summary>Two days in their order, whichever was typed first; an end that is no day is left out.</summary>
    public static (string? From, string? To) InOrder(string? from, string? to)
    {
        var (first, last) = (Day(from?.Trim()), Day(to?.Trim()));
        return first is not null && last is not null && string.CompareOrdinal(first, last) > 0 ? (last, first) : (first, last);
    }

    private static string? Say(string? end) => string.IsNullOrEmpty(end) ? null : Parse(end)?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? end;

    private static DateOnly? Parse(string? text) => DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
