using System.Globalization;
using FinConsole.Core.Audit;
using FinConsole.Core.Audit.Listing;

namespace FinConsole.Web.Audit;

/// <summary>The log as its address states it. Days are the reader's own; what it cannot read is left out.</summary>
internal sealed record AuditQuery(AuditAction? Action, string Actor, DateOnly? From, DateOnly? To, string? Cursor)
{
    public bool IsUnfiltered => Action is null && Actor.Length == 0 && From is null && To is null && Cursor is null;

    public static AuditQuery Read(string? action, string? actor, string? from, string? to, string? cursor) =>
        new(action is null ? null : AuditActions.Parse(action), actor ?? "", Day(from), Day(to), cursor);

    public static string? Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public AuditFilter ToFilter(TimeZoneInfo zone) => new(
        Action,
        Actor.Length == 0 ? null : Actor,
        From is { } from ? StartOf(from, zone) : null,
        To is { } to && to < DateOnly.MaxValue ? StartOf(to.AddDays(1), zone) : null,
        Cursor);

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // Where the clocks go forward at midnight, the day begins when its first hour exists.
    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(30);
        var offset = zone.GetUtcOffset(midnight);
        return midnight.Ticks < offset.Ticks ? DateTimeOffset.MinValue : new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}
