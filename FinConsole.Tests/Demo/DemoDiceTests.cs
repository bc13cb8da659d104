using FinConsole.Core.Demo;
using Xunit;

namespace FinConsole.Tests.Demo;

public sealed class DemoDiceTests
{
    // SplitMix64's published vector for the seed 1234567.
    [Fact]
    public void Throws_what_the_reference_throws()
    {
        var dice = new DemoDice(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, expected.Select(_ => dice.Next()));
    }

    [Fact]
    public void Reaches_both_ends_of_a_range_and_nothing_beyond()
    {
        var dice = new DemoDice(1);
        var seen = Enumerable.Range(0, 500).Select(_ => dice.Between(3, 7)).ToHashSet();
        Assert.Equal([3, 4, 5, 6, 7], seen.Order());
    }

    [Fact]
    public void The_clock_refuses_to_run_back()
    {
        var start = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var clock = new DemoClock(start);
        clock.MoveTo(start.AddHours(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.MoveTo(start));
        Assert.Equal(start.AddHours(1), clock.GetUtcNow());
    }

    [Theory]
    [InlineData(0, "2026-03-01T09:00:00Z", "2026-02-27T08:30:00Z")] // a Sunday
    [InlineData(1, "2026-03-01T09:00:00Z", "2026-02-27T08:30:00Z")]
    [InlineData(2, "2026-03-01T09:00:00Z", "2026-02-27T08:30:00Z")]
    [InlineData(3, "2026-03-01T23:59:00Z", "2026-02-26T08:30:00Z")]
    public void Working_days_fall_on_no_weekend(int daysAgo, string now, string expected)
    {
        var present = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        var schedule = new DemoSchedule(new DemoClock(present), present);
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), schedule.WorkingDay(daysAgo, 8, 30));
    }
}
