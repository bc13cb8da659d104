using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Usage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Usage;

/// <summary>The usage page's address, read and written; and how its numbers are told.</summary>
public sealed class UsageListQueryTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 3, 29, 9, 30, 0, TimeSpan.Zero));
    private static readonly UserClock Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Time);

    [Theory]
    [InlineData("")]
    [InlineData("period=30d")]
    [InlineData("period=24h&by=hour&country=unknown")]
    [InlineData("from=2026-03-01&to=2026-03-05&by=day&token=0199a3c2-1111-7222-8333-444455556666&endpoint=GET%20%2Fpayments&country=DE")]
    public void An_address_survives_reading_and_writing(string query)
    {
        var url = Read(query).ToUrl();
        Assert.Equal(query.Length == 0 ? "/settings/api-connections/usage" : $"/settings/api-connections/usage?{query}", url);
    }

    [Theory]
    [InlineData("period=forever&by=fortnight&token=abc&from=yesterday&endpoint=%20")]
    [InlineData("to=2026-03-05&by=7")]
    public void Words_that_it_does_not_know_are_left_out(string query) => Assert.Equal(UsageListQuery.All, Read(query));

    [Fact]
    public void A_period_that_ends_before_it_begins_is_its_first_day() =>
        Assert.Equal((new DateOnly(2026, 3, 5), new DateOnly(2026, 3, 5)), (Read("from=2026-03-05&to=2026-03-01").From!.Value, Read("from=2026-03-05&to=2026-03-01").To!.Value));

    [Theory]
    [InlineData("period=24h", UsageUnit.Hour)]
    [InlineData("", UsageUnit.Day)]
    [InlineData("by=hour", UsageUnit.Hour)]
    [InlineData("period=90d&by=hour", UsageUnit.Day)]
    [InlineData("from=2026-03-05&to=2026-03-06", UsageUnit.Hour)]
    public void Steps_are_hours_for_two_days_and_for_a_month_at_the_most(string query, UsageUnit by) => Assert.Equal(by, Read(query).ToQuery(Berlin).By);

    [Fact]
    public void A_period_that_ends_now_has_as_many_hours_as_it_says()
    {
        var query = Read("period=24h").ToQuery(Berlin);
        // With the hour that runs: 24 bars.
        Assert.Equal((Time.GetUtcNow().AddHours(-23), Time.GetUtcNow()), (query.From, query.To));
    }

    [Fact]
    public void Seven_days_are_today_and_the_six_before() =>
        Assert.Equal(new DateTimeOffset(2026, 3, 22, 23, 0, 0, TimeSpan.Zero), Read("").ToQuery(Berlin).From);

    [Fact]
    public void Chosen_days_are_the_reader_s_own_also_when_the_clocks_change()
    {
        var query = Read("from=2026-03-29&to=2026-03-29").ToQuery(Berlin);
        Assert.Equal((new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 29, 22, 0, 0, TimeSpan.Zero)), (query.From, query.To));
    }

    [Fact]
    public void A_day_narrows_to_its_hours_and_keeps_the_filters()
    {
        var step = new UsageStep(new DateTimeOffset(2026, 3, 4, 23, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 5, 23, 0, 0, TimeSpan.Zero), default);
        var narrowed = Read("period=30d&by=day&country=DE").Narrowed(step, Berlin);
        Assert.Equal("/settings/api-connections/usage?from=2026-03-05&to=2026-03-05&country=DE", narrowed.ToUrl());
        Assert.Equal(UsageUnit.Hour, narrowed.ToQuery(Berlin).By);
    }

    [Fact]
    public void A_bar_s_name_says_its_numbers()
    {
        var from = new DateTimeOffset(2026, 3, 4, 23, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            "Thu 5 Mar: 1,204 requests, 1,200 success, 4 client errors",
            UsageLabels.Sentence(new UsageStep(from, from.AddDays(1), new UsageCounts(1200, 0, 4, 0, 1000)), UsageUnit.Day, Berlin));
        Assert.Equal("5 Mar, 00:00–01:00: 1 request, 1 status not reported", UsageLabels.Sentence(new UsageStep(from, from.AddHours(1), new UsageCounts(0, 0, 0, 0, 1)), UsageUnit.Hour, Berlin));
    }

    [Theory]
    [InlineData(0, 0, "–")]
    [InlineData(0, 10, "0 %")]
    [InlineData(1, 3000, "< 0.1 %")]
    [InlineData(1, 300, "0.3 %")]
    [InlineData(30, 300, "10 %")]
    public void Shares_are_told_in_percent(long part, long whole, string text) => Assert.Equal(text, UsageLabels.Percent(part, whole));

    [Fact]
    public void The_stack_s_parts_add_up_to_the_requests()
    {
        foreach (var counts in new[] { new UsageCounts(8, 1, 2, 3, 10), new UsageCounts(0, 0, 1, 0, 10), new UsageCounts(5, 0, 0, 0, 0) })
            Assert.Equal(counts.Requests, UsageLabels.Stack.Sum(status => counts.Share(status)));
        Assert.Equal(Enum.GetValues<UsageStatus>().ToHashSet(), UsageLabels.Stack.ToHashSet());
    }

    private static UsageListQuery Read(string query)
    {
        var parts = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        return UsageListQuery.Read(key => parts.TryGetValue(key, out var value) ? value.ToString() : null);
    }
}
