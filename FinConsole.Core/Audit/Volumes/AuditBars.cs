using FinConsole.Core.Common;

namespace FinConsole.Core.Audit.Volumes;

/// <summary>How long a bar of the histogram is.</summary>
public enum AuditBarUnit
{
    Hour,
    QuarterDay,
    Day,
    Week,
    Month,
}

/// <summary>One bar.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Count">How many entries fit the search; null where nobody has counted.</param>
public sealed record AuditBar(DateTimeOffset From, DateTimeOffset To, long? Count);

/// <summary>Cuts a period into bars along the reader's days, weeks and months.</summary>
public static class AuditBars
{
    private const int MostBars = 400;

    /// <summary>A length that gives some twenty to sixty bars.</summary>
    public static AuditBarUnit UnitOf(TimeSpan period) => period switch
    {
        { TotalDays: <= 2.1 } => AuditBarUnit.Hour,
        { TotalDays: <= 8.1 } => AuditBarUnit.QuarterDay,
        { TotalDays: <= 62 } => AuditBarUnit.Day,
        { TotalDays: <= 400 } => AuditBarUnit.Week,
        _ => AuditBarUnit.Month,
    };

    /// <summary>
    /// Where bars begin and the last one ends. The period's own ends stay as they are; between them, edges lie on full hours of UTC, so that
    /// counted hours need not be cut.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> Edges(DateTimeOffset from, DateTimeOffset to, AuditBarUnit unit, TimeZoneInfo zone)
    {
        var edges = new List<DateTimeOffset> { from };
        var local = TimeZoneInfo.ConvertTime(from, zone).DateTime;
        var at = unit switch
        {
            // An hour that the clocks show twice is two bars.
            AuditBarUnit.Hour => AuditHours.RoundDown(from).UtcDateTime,
            AuditBarUnit.QuarterDay => local.Date.AddHours(local.Hour / 6 * 6),
            AuditBarUnit.Day => local.Date,
            AuditBarUnit.Week => local.Date.AddDays(-(((int)local.DayOfWeek + 6) % 7)),
            AuditBarUnit.Month => new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified),
        };
        while (edges.Count < MostBars && TryNext(ref at, unit))
        {
            var edge = unit == AuditBarUnit.Hour ? new DateTimeOffset(at, TimeSpan.Zero) : AuditHours.RoundUp(LocalTime.Start(at, zone));
            if (edge >= to)
                break;
            if (edge > edges[^1])
                edges.Add(edge);
        }

        edges.Add(to);
        return edges;
    }

    private static bool TryNext(ref DateTime at, AuditBarUnit unit)
    {
        if (at > DateTime.MaxValue.AddDays(-32))
            return false;
        at = unit switch
        {
            AuditBarUnit.Hour => at.AddHours(1),
            AuditBarUnit.QuarterDay => at.AddHours(6),
            AuditBarUnit.Day => at.AddDays(1),
            AuditBarUnit.Week => at.AddDays(7),
            AuditBarUnit.Month => at.AddMonths(1),
        };
        return true;
    }
}
