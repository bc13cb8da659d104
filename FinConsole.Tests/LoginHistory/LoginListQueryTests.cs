using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.LoginHistory;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

public sealed class LoginListQueryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly UserClock Clock = new(TimeZoneInfo.Utc, new FakeTimeProvider(Now));

    [Fact]
    public void A_period_stays_relative_and_ends_now()
    {
        var query = Read(("period", "7D"));

        Assert.Equal("period=7d", query.ToQueryString());
        Assert.Equal((Now.AddDays(-7), null), (query.ToFilter(Clock).From, query.ToFilter(Clock).To));
    }

    [Fact]
    public void A_period_and_a_range_take_each_other_s_place()
    {
        var range = LoginListQuery.All.With("account", "ann").Between("2026-02-01", "2026-02-03");
        Assert.Equal("account=ann&from=2026-02-01&to=2026-02-03", range.ToQueryString());
        Assert.Equal("account=ann&period=24h", range.With("period", "24h").ToQueryString());
        Assert.Equal("account=ann&from=2026-02-01", range.With("period", "24h").Between("2026-02-01", null).ToQueryString());
        Assert.Equal("account=ann", range.With("period", null).ToQueryString());
    }

    [Fact]
    public void A_period_that_there_is_not_is_left_out_and_said()
    {
        var ignored = new List<IgnoredValue>();
        var query = LoginListQuery.Read(key => key == "period" ? "9y" : null, ignored);

        Assert.Equal(("", null), (query.ToQueryString(), query.ToFilter(Clock).From));
        Assert.Equal(new IgnoredValue("period", "9y"), Assert.Single(ignored));
        Assert.NotNull(LoginListQuery.FaultOf("period", "9y"));
        Assert.Null(LoginListQuery.FaultOf("period", "30d"));
    }

    private static LoginListQuery Read(params (string Key, string Value)[] address) => LoginListQuery.Read(key => Array.Find(address, part => part.Key == key).Value);
}
