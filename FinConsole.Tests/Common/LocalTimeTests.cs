using FinConsole.Core.Audit.Search;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Common;
using FinConsole.Core.Usage.Reports;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.LoginHistory;
using FinConsole.Web.Usage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Common;

/// <summary>Every zone of the time zone database, at every change of its clocks from 2020 to 2040, against the instants that show a time, looked through one by one.</summary>
public sealed class LocalTimeTests
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2041, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<IReadOnlyList<Change>> Changes = new(() => [.. Zones().SelectMany(ChangesOf)]);

    /// <summary>The clocks show Before at the instant of the change by the old offset, and After by the new one.</summary>
    private sealed record Change(TimeZoneInfo Zone, DateTimeOffset At, TimeSpan Old, TimeSpan New)
    {
        public DateTime Before => (At + Old).UtcDateTime;

        public DateTime After => (At + New).UtcDateTime;

        public override string ToString() => $"{Zone.Id} {At:u} {Old} -> {New}";
    }

    [Fact]
    public void The_database_has_changes_at_midnight_and_changes_that_the_framework_does_not_call_ambiguous()
    {
        Assert.True(Changes.Value.Count > 4000, $"{Changes.Value.Count} changes");
        Assert.Contains(Changes.Value, change => change.Zone.Id == "America/Havana" && change.After.TimeOfDay == TimeSpan.Zero);
        Assert.Contains(Changes.Value, change => change.Zone.Id == "Africa/Cairo" && change.Before.TimeOfDay == TimeSpan.Zero);
        Assert.Contains(Changes.Value, change => change.Zone.Id == "Europe/Dublin");
        Assert.Contains(Changes.Value, change => change.Zone.Id == "Asia/Almaty");
    }

    [Fact]
    public void A_beginning_is_the_earliest_and_an_end_the_latest_instant_that_shows_a_time()
    {
        foreach (var change in Changes.Value)
        {
            var (low, high) = (change.Before < change.After ? change.Before : change.After, change.Before < change.After ? change.After : change.Before);
            foreach (var local in new[] { low.AddMinutes(-1), low, low + ((high - low) / 2), high.AddMinutes(-1), high, high.AddMinutes(1) })
            {
                var shown = Showing(local, change);
                var (start, end) = shown.Count == 0 ? (change.At, change.At) : (shown[0], shown[^1]);
                Assert.Equal((change, local, start, end), (change, local, LocalTime.Start(local, change.Zone), LocalTime.End(local, change.Zone)));
            }
        }
    }

    [Fact]
    public void A_day_is_all_that_its_date_is_shown_and_the_next_one_begins_where_it_ends()
    {
        foreach (var change in Changes.Value)
        {
            var first = DateOnly.FromDateTime(change.Before).AddDays(-2);
            for (var day = first; day < first.AddDays(5); day = day.AddDays(1))
            {
                var (start, end) = (LocalTime.DayStart(day, change.Zone), LocalTime.DayEnd(day, change.Zone));
                Assert.Equal((change, day, day), (change, LocalTime.DayOf(start, change.Zone), LocalTime.DayOf(end.AddTicks(-1), change.Zone)));
                Assert.Equal((change, false, false), (change, LocalTime.DayOf(start.AddTicks(-1), change.Zone) == day, LocalTime.DayOf(end, change.Zone) == day));
                Assert.True(end >= LocalTime.DayStart(day.AddDays(1), change.Zone), $"{change}: something is lost between {day} and the next day");
                Assert.InRange(end - start, TimeSpan.FromHours(21), TimeSpan.FromHours(27));
            }
        }
    }

    [Fact]
    public void Search_login_history_usage_and_their_charts_all_begin_and_end_by_it()
    {
        foreach (var change in Changes.Value.Where((change, index) => index % 7 == 0 || change.After.TimeOfDay == TimeSpan.Zero || change.Before.TimeOfDay == TimeSpan.Zero))
        {
            var day = DateOnly.FromDateTime(change.Before.AddTicks(-1));
            var (start, end) = (LocalTime.DayStart(day, change.Zone), LocalTime.DayEnd(day, change.Zone));
            var clock = new UserClock(change.Zone, new FakeTimeProvider(CoreHost.Start));
            var address = new Dictionary<string, string> { ["from"] = $"{day:yyyy-MM-dd}", ["to"] = $"{day:yyyy-MM-dd}" };

            Assert.Equal((change, start), (change, Single<SinceTerm>($"since:{day:yyyy-MM-dd}", change.Zone).At));
            Assert.Equal((change, end), (change, Single<UntilTerm>($"until:{day:yyyy-MM-dd}", change.Zone).At));
            Assert.Equal((change, LocalTime.Start(change.After, change.Zone)), (change, Single<SinceTerm>($"since:{change.After:yyyy-MM-ddTHH:mm:ss}", change.Zone).At));
            Assert.Equal((change, LocalTime.End(change.After, change.Zone)), (change, Single<UntilTerm>($"until:{change.After:yyyy-MM-ddTHH:mm:ss}", change.Zone).At));
            var logins = LoginListQuery.Read(key => address.GetValueOrDefault(key)).ToFilter(clock);
            Assert.Equal((change, start, end), (change, logins.From!.Value, logins.To!.Value));
            var usage = UsageListQuery.Read(key => address.GetValueOrDefault(key)).ToQuery(clock);
            Assert.Equal((change, start, end), (change, usage.From, usage.To));
            Assert.Equal((change, start), (change, UsageListQuery.All.Narrowed(new UsageStep(start, end, default), clock).ToQuery(clock).From));
            AssertEdges(change, AuditBars.Edges(start.AddDays(-2), end.AddDays(2), AuditBarUnit.Day, change.Zone), start);
            AssertEdges(change, AuditBars.Edges(start.AddHours(-2), end.AddHours(3), AuditBarUnit.Hour, change.Zone), start);
            AssertEdges(change, UsageSteps.Edges(start.AddDays(-2), end.AddDays(2), UsageUnit.Day, change.Zone), start);
        }
    }

    [Fact]
    public void Times_at_the_ends_of_the_calendar_are_the_first_and_the_last_there_are()
    {
        foreach (var zone in Zones())
        {
            Assert.InRange(LocalTime.DayStart(DateOnly.MinValue, zone), DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddDays(1));
            Assert.InRange(LocalTime.DayEnd(DateOnly.MaxValue, zone), DateTimeOffset.MaxValue.AddDays(-1), DateTimeOffset.MaxValue);
        }
    }

    // Edges lie on full hours of UTC, and so an edge of a zone half an hour off comes up to an hour late.
    private static void AssertEdges(Change change, IReadOnlyList<DateTimeOffset> edges, DateTimeOffset start)
    {
        Assert.True(edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second), $"{change}: the bars are not in order");
        Assert.Contains(edges, edge => edge >= start && edge - start < TimeSpan.FromHours(1));
    }

    private static T Single<T>(string query, TimeZoneInfo zone)
        where T : AuditTerm
    {
        var parsed = AuditSearchParser.Parse(query, new AuditSearchClock(To, zone));
        return Assert.IsType<T>(Assert.Single(parsed.Search!.Terms));
    }

    // All minutes of the hours around the change that show the time, and the time's own seconds within them.
    private static List<DateTimeOffset> Showing(DateTime local, Change change)
    {
        var shown = new List<DateTimeOffset>();
        foreach (var offset in new[] { change.Old, change.New }.OrderByDescending(offset => offset))
        {
            var at = new DateTimeOffset(local - offset, TimeSpan.Zero);
            if (TimeZoneInfo.ConvertTime(at, change.Zone).DateTime == local && !shown.Contains(at))
                shown.Add(at);
        }

        return [.. shown.Order()];
    }

    private static IEnumerable<TimeZoneInfo> Zones() => TimeZoneInfo.GetSystemTimeZones();

    private static IEnumerable<Change> ChangesOf(TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(From);
        for (var at = From; at < To; at = at.AddHours(6))
        {
            var next = zone.GetUtcOffset(at.AddHours(6));
            if (next == offset)
                continue;
            var (low, high) = (at, at.AddHours(6));
            while (high - low > TimeSpan.FromTicks(1))
            {
                var middle = low + ((high - low) / 2);
                if (zone.GetUtcOffset(middle) == offset)
                    low = middle;
                else
                    high = middle;
            }

            yield return new Change(zone, high, offset, next);
            offset = next;
        }
    }
}
