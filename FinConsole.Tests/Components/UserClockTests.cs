using FinConsole.Web.Components.Shared;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class UserClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-59, "just now")]
    [InlineData(-60, "1 minute ago")]
    [InlineData(-89 * 60, "89 minutes ago")]
    [InlineData(3 * 3600, "in 3 hours")]
    [InlineData(35 * 3600, "in 35 hours")]
    [InlineData(36 * 3600, "in 2 days")]
    [InlineData((30 * 86400) - 5, "in 30 days")]
    [InlineData((91 * 86400) - 5, "in 3 months")]
    [InlineData((2 * 3600) - 1, "in 2 hours")]
    [InlineData(12 * 86400, "in 12 days")]
    [InlineData(-61 * 86400, "2 months ago")]
    [InlineData(800 * 86400, "in 2 years")]
    public void Says_how_far_away_a_time_is(int seconds, string words) =>
        Assert.Equal(words, new UserClock(TimeZoneInfo.Utc, _time).Relative(_time.GetUtcNow().AddSeconds(seconds)));

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
