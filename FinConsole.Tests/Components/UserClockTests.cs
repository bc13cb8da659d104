using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Shared;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class UserClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public static TheoryData<int, string> RelativeTimes => [.. RelativeTimeTable.Rows.Select(row => (row.Seconds, row.Text))];

    [Theory]
    [MemberData(nameof(RelativeTimes))]
    public void Says_how_far_away_a_time_is(int seconds, string text) =>
        Assert.Equal(text, new UserClock(TimeZoneInfo.Utc, _time).Relative(_time.GetUtcNow().AddSeconds(seconds)));

    [Fact]
    public void Writes_times_in_the_readers_zone_and_exactly_in_utc()
    {
        var clock = new UserClock(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), _time);
        var at = new DateTimeOffset(2026, 12, 31, 23, 30, 5, TimeSpan.Zero);
        Assert.Equal("1 Jan 2027", clock.Day(at));
        Assert.Equal("1 Jan 2027, 00:30:05", clock.Second(at));
        Assert.Equal("2026-12-31 23:30:05 UTC", UserClock.Utc(at));
    }

    [Theory]
    [InlineData(null, "Asia/Tokyo", "Asia/Tokyo")]
    [InlineData("Europe/Paris", "Asia/Tokyo", "Europe/Paris")]
    [InlineData("../../etc/passwd", null, "UTC")]
    [InlineData("", "no/such/zone", "UTC")]
    public void Takes_the_first_zone_that_exists(string? chosen, string? browser, string zone) => Assert.Equal(zone, UserClock.ZoneOf(chosen, browser).Id);
}
