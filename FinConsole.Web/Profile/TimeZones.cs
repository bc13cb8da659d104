using System.Globalization;

namespace FinConsole.Web.Profile;

/// <summary>The time zones to choose from, by IANA id, with their standard offset.</summary>
internal static class TimeZones
{
    public static readonly IReadOnlyList<TimeZoneChoice> All =
    [
        .. TimeZoneInfo.GetSystemTimeZones()
            .Where(zone => zone.HasIanaId && (zone.Id == "UTC" || (zone.Id.Contains('/') && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal))))
            .OrderBy(zone => zone.Id, StringComparer.Ordinal)
            .Select(zone => new TimeZoneChoice(zone.Id, $"{zone.Id.Replace('_', ' ')} ({Offset(zone.BaseUtcOffset)})")),
    ];

    private static string Offset(TimeSpan offset) =>
        "UTC" + (offset < TimeSpan.Zero ? "−" : "+") + offset.Duration().ToString(@"hh\:mm", CultureInfo.InvariantCulture);
}

/// <param name="Id">IANA id.</param>
/// <param name="Text">As people read it.</param>
internal sealed record TimeZoneChoice(string Id, string Text);
