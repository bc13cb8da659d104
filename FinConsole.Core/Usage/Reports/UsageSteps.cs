using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Common;

namespace FinConsole.Core.Usage.Reports;

/// <summary>Cuts a period into hours, or into the days of the reader's calendar.</summary>
internal static class UsageSteps
{
    /// <summary>Where steps begin and the last one ends: full hours of UTC, ascending.</summary>
    public static IReadOnlyList<DateTimeOffset> Edges(DateTimeOffset from, DateTimeOffset to, UsageUnit by, TimeZoneInfo zone)
    {
        var (first, end) = (AuditHours.RoundDown(from), AuditHours.RoundUp(to));
        var edges = new List<DateTimeOffset> { first };
        var day = LocalTime.DayOf(first, zone);
        while (true)
        {
            var next = by == UsageUnit.Hour ? edges[^1].AddHours(1) : AuditHours.RoundUp(LocalTime.DayStart(day = day.AddDays(1), zone));
            if (next >= end)
                break;
            if (next > edges[^1])
                edges.Add(next);
        }

        edges.Add(end);
        return edges;
    }
}
