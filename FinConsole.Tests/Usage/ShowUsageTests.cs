using FinConsole.Core.Common;
using FinConsole.Core.Usage.Recording;
using FinConsole.Core.Usage.Reports;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Usage;

/// <summary>Usage over a period, from the counted hours.</summary>
public abstract class ShowUsageTests(CoreHost core)
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Shows_each_hour_by_status_class_without_a_gap()
    {
        var tenant = await FillAsync();

        var view = await ShowAsync(tenant, new UsageQuery(Noon.AddMinutes(20), Noon.AddHours(3).AddMinutes(1), UsageUnit.Hour));

        Assert.Equal((Noon, Noon.AddHours(4)), (view.From, view.To));
        Assert.Equal(
            [new UsageCounts(5, 0, 1, 0, 0), default, new UsageCounts(2, 0, 0, 1, 0), default],
            view.Steps.Select(step => step.Counts));
        Assert.Equal(Enumerable.Range(0, 4).Select(hour => Noon.AddHours(hour)), view.Steps.Select(step => step.From));
        Assert.Equal(new UsageCounts(7, 0, 1, 1, 0), view.Total);
    }

    [Fact]
    public async Task Shows_days_of_the_reader_s_calendar()
    {
        var tenant = await FillAsync();
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        // 12:00 UTC is 21:00 in Tokyo: two hours later it is still that day, the day after begins at 15:00 UTC.
        var midnight = new DateTimeOffset(2026, 2, 9, 15, 0, 0, TimeSpan.Zero);

        var view = await ShowAsync(tenant, new UsageQuery(midnight, midnight.AddDays(3), UsageUnit.Day), tokyo);

        Assert.Equal([midnight, midnight.AddDays(1), midnight.AddDays(2)], view.Steps.Select(step => step.From));
        Assert.Equal([9L, 0L, 4L], view.Steps.Select(step => step.Counts.Requests));
    }

    [Fact]
    public async Task Names_tokens_endpoints_and_countries_the_busiest_first()
    {
        var tenant = await FillAsync();

        var view = await ShowAsync(tenant, new UsageQuery(Noon.AddDays(-1), Noon.AddDays(3), UsageUnit.Day));

        Assert.Equal([("Checkout", 9L), ("Reports", 4L)], view.Tokens.Select(token => (token.Name, token.Counts.Requests)));
        Assert.Equal([(UsageActs.Whoami, 12L), ("GET /api/v1/audit", 1L)], view.Endpoints.Select(share => (share.Key, share.Counts.Requests)));
        Assert.Equal([("DE", 9L), ("JP", 4L)], view.Countries.Select(share => (share.Key, share.Counts.Requests)));
    }

    [Fact]
    public async Task Filters_by_token_endpoint_and_country()
    {
        var tenant = await FillAsync();
        var all = new UsageQuery(Noon.AddDays(-1), Noon.AddDays(3), UsageUnit.Day);
        var reports = (await ShowAsync(tenant, all)).Tokens.Single(token => token.Name == "Reports").TokenId;

        Assert.Equal(4, (await ShowAsync(tenant, all with { TokenId = reports })).Total.Requests);
        Assert.Equal(1, (await ShowAsync(tenant, all with { Endpoint = "GET /api/v1/audit" })).Total.Requests);
        Assert.Equal(9, (await ShowAsync(tenant, all with { Country = "DE" })).Total.Requests);
        Assert.Equal(0, (await ShowAsync(tenant, all with { Country = "" })).Total.Requests);
        Assert.Empty((await ShowAsync(tenant, all with { TokenId = Guid.NewGuid() })).Tokens);
    }

    [Fact]
    public async Task Shows_no_other_tenant_s_usage()
    {
        await FillAsync();
        var other = await core.NewTenantAsync();
        var view = await ShowAsync(other, new UsageQuery(Noon.AddDays(-1), Noon.AddDays(3), UsageUnit.Day));
        Assert.Equal((default, 0, 0, 0), (view.Total, view.Tokens.Count, view.Endpoints.Count, view.Countries.Count));
    }

    [Theory]
    [InlineData(0, UsageUnit.Hour, "From")]
    [InlineData(-1, UsageUnit.Day, "From")]
    [InlineData(33, UsageUnit.Hour, "From")]
    [InlineData(402, UsageUnit.Day, "From")]
    [InlineData(31, UsageUnit.Hour, null)]
    [InlineData(400, UsageUnit.Day, null)]
    public async Task Refuses_periods_that_are_backwards_or_too_long(int days, UsageUnit by, string? field)
    {
        var tenant = await core.NewTenantAsync();
        var shown = await core.Get<ShowUsage>().HandleAsync(new UsageQuery(Noon, Noon.AddDays(days), by), TimeZoneInfo.Utc, tenant.Developer.Actor, Stop);
        Assert.Equal(field, shown.Error?.Fields.Keys.Single());
    }

    [Fact]
    public async Task Refuses_times_outside_the_calendar_of_counts()
    {
        var tenant = await core.NewTenantAsync();
        foreach (var from in new[] { DateTimeOffset.MinValue, new DateTimeOffset(1960, 1, 1, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.MaxValue.AddHours(-3) })
        {
            var shown = await core.Get<ShowUsage>().HandleAsync(new UsageQuery(from, from.AddHours(2), UsageUnit.Hour), TimeZoneInfo.Utc, tenant.Developer.Actor, Stop);
            Assert.Equal(ErrorKind.Invalid, shown.Error?.Kind);
        }
    }

    [Fact]
    public void A_gateway_that_asks_before_and_reports_after_makes_one_request_of_two_counts() =>
        Assert.Equal((10L, 10L, 12L), (new UsageCounts(8, 0, 2, 0, 10).Requests, new UsageCounts(0, 0, 0, 0, 10).Requests, new UsageCounts(12, 0, 0, 0, 10).Requests));

    private async Task<TestTenant> FillAsync()
    {
        var tenant = await core.NewTenantAsync();
        var checkout = await core.AddTokenAsync(tenant);
        var reports = await core.AddTokenAsync(tenant, "Reports");
        var recorder = core.Get<UsageRecorder>();
        recorder.Use(checkout, Noon.AddMinutes(59), times: 5);
        recorder.Use(checkout, Noon, 403);
        recorder.Use(checkout, Noon.AddHours(2), times: 2);
        recorder.Use(checkout, Noon.AddHours(2), 500);
        recorder.Use(reports, Noon.AddDays(2), ip: TestPlaces.Japan, times: 3);
        recorder.Use(reports, Noon.AddDays(2), ip: TestPlaces.Japan, endpoint: "GET /api/v1/audit");
        await core.Get<UsageFlush>().RunAsync(Stop);
        return tenant;
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Anything_as_endpoint_or_country_is_one_that_nobody_called(string name)
    {
        var tenant = await FillAsync();
        var text = NaughtyStrings.All[name];
        var all = new UsageQuery(Noon, Noon.AddHours(4), UsageUnit.Hour);

        if (text.Length > 0)
            Assert.Equal((default, default), ((await ShowAsync(tenant, all with { Endpoint = text })).Total, (await ShowAsync(tenant, all with { Country = text })).Total));
    }

    private async Task<UsageView> ShowAsync(TestTenant tenant, UsageQuery query, TimeZoneInfo? zone = null)
    {
        var shown = await core.Get<ShowUsage>().HandleAsync(query, zone ?? TimeZoneInfo.Utc, await core.NewSessionAsync(tenant.Reviewer), Stop);
        Assert.True(shown.Succeeded, shown.Error?.ToString());
        return shown.Value;
    }

    public sealed class OnSqlite(SqliteCore core) : ShowUsageTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ShowUsageTests(core), IClassFixture<PostgreSqlCore>;
}
