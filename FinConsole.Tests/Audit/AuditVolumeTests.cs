using FinConsole.Core.Audit.Search;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>Counted hours and the histogram over them: exact, whatever is folded already.</summary>
public abstract class AuditVolumeTests(CoreHost core)
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    private static readonly string[] Searches =
        ["", "action:token", "-action:token.create", "result:failure", "-result:failure action:token.create", "since:7d", "since:20h", "since:90m until:30m", "until:3d", "since:100d", "since:3650d action:token.rotate"];

    [Fact]
    public async Task Bars_count_exactly_what_the_search_finds_however_much_is_folded()
    {
        var tenant = await core.NewTenantAsync();
        await AppendAsync(tenant, 250, 600);
        await CheckAsync(tenant);
        await core.Get<FoldAuditVolume>().RunAsync(Stop, threshold: 1);
        await CheckAsync(tenant);
        await AppendAsync(tenant, 350, 600);
        await CheckAsync(tenant);
        await core.Get<FoldAuditVolume>().RunAsync(Stop, threshold: 1);
        await CheckAsync(tenant);
        Assert.Equal(600, await CountedAsync(tenant));
    }

    [Fact]
    public async Task Folding_counts_every_entry_once_and_only_what_has_gathered()
    {
        var tenant = await core.NewTenantAsync();
        await AppendAsync(tenant, FoldAuditVolume.Threshold - 1, FoldAuditVolume.Threshold);
        await core.Get<FoldAuditVolume>().RunAsync(Stop);
        Assert.Equal(0, await CountedAsync(tenant));

        await core.AppendAsync(tenant.Id, 2, _ => new AuditShape());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => core.Get<FoldAuditVolume>().RunAsync(Stop), Stop)));

        Assert.Equal(FoldAuditVolume.Threshold + 1, await CountedAsync(tenant));
        await core.Get<FoldAuditVolume>().RunAsync(Stop, threshold: 1);
        Assert.Equal(FoldAuditVolume.Threshold + 1, await CountedAsync(tenant));
    }

    [Fact]
    public async Task Other_searches_count_by_a_walk_and_say_where_it_ended()
    {
        var tenant = await core.NewTenantAsync();
        var start = core.Time.GetUtcNow().AddDays(-20);
        await core.AppendAsync(tenant.Id, 300, number => new AuditShape(Actor: number % 2 == 0 ? "ann@acme.example" : "bob@acme.example", At: start.AddHours(number)));

        var view = await ShowAsync(tenant, Parse("actor:ann@", TimeZoneInfo.Utc), TimeZoneInfo.Utc);
        Assert.Equal(150, view.Bars.Sum(bar => bar.Count));
        Assert.DoesNotContain(view.Bars, bar => bar.Count is null);

        if (core.Provider != DatabaseProvider.Sqlite)
            return;
        await core.AppendInBulkAsync(tenant.Id, ShowAuditVolume.Reach + 100, number => new AuditShape(Actor: "ann@acme.example", At: start.AddDays(15).AddSeconds(number)));
        var reached = start.AddDays(15).AddSeconds(300 + 101);
        view = await ShowAsync(tenant, Parse("actor:ann@", TimeZoneInfo.Utc), TimeZoneInfo.Utc);
        Assert.All(view.Bars, bar => Assert.Equal(bar.From < reached, bar.Count is null));
        Assert.Equal(start.AddDays(15).Date, view.Bars.Last(bar => bar.Count is null).From.Date);
    }

    [Fact]
    public void Bars_follow_the_readers_days_across_a_change_of_clocks()
    {
        // Summer time ends in Berlin on 25 October 2026: that day has 25 hours.
        var edges = AuditBars.Edges(new DateTimeOffset(2026, 10, 23, 22, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 26, 23, 0, 0, TimeSpan.Zero), AuditBarUnit.Day, Berlin);

        Assert.Equal([24.0, 25.0, 24.0], edges.Zip(edges.Skip(1), (from, to) => (to - from).TotalHours));
    }

    [Fact]
    public async Task Lets_reviewers_and_admins_look_and_nobody_else()
    {
        var tenant = await core.NewTenantAsync();
        foreach (var member in (TestMember[])[tenant.Developer, tenant.Cashier])
            Assert.Equal(ErrorKind.Forbidden, (await core.Get<ShowAuditVolume>().HandleAsync(AuditSearch.Everything, TimeZoneInfo.Utc, member.Actor, Stop)).Error?.Kind);
        // Their tries are themselves entries.
        Assert.Equal(2, (await ShowAsync(tenant, AuditSearch.Everything, TimeZoneInfo.Utc)).Bars.Sum(bar => bar.Count));
    }

    // Close together lately, far apart long ago.
    private Task AppendAsync(TestTenant tenant, int entries, int whole)
    {
        var now = core.Time.GetUtcNow();
        return core.AppendAsync(tenant.Id, entries, number => new AuditShape(
            (number % 4) switch { 0 => AuditAction.TokenCreate, 1 => AuditAction.TokenRotate, _ => AuditAction.ProfileUpdate },
            Result: number % 7 == 0 ? AuditResult.Failure : AuditResult.Success,
            At: now - TimeSpan.FromMinutes(Math.Pow(whole - number, 1.9))));
    }

    private async Task CheckAsync(TestTenant tenant)
    {
        var all = (await core.AuditAsync(tenant.Id)).Select(AuditExports.RowOf).ToList();
        foreach (var query in Searches)
        {
            foreach (var zone in new[] { TimeZoneInfo.Utc, Berlin, Kolkata })
            {
                var search = Parse(query, zone);
                var bars = (await ShowAsync(tenant, search, zone)).Bars;
                Assert.Equal(bars.Select(bar => (long?)all.Count(row => row.At >= bar.From && row.At < bar.To && search.Holds(row))), bars.Select(bar => bar.Count));
                Assert.Equal(bars.Skip(1).Select(bar => bar.From), bars.SkipLast(1).Select(bar => bar.To));
            }
        }
    }

    private async Task<long> CountedAsync(TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        return await db.Set<AuditVolume>().SumAsync(volume => volume.Count, Stop);
    }

    private AuditSearch Parse(string query, TimeZoneInfo zone) => AuditSearchParser.Parse(query, new AuditSearchClock(core.Time.GetUtcNow(), zone)).Search!;

    private async Task<AuditVolumeView> ShowAsync(TestTenant tenant, AuditSearch search, TimeZoneInfo zone)
    {
        var view = await core.Get<ShowAuditVolume>().HandleAsync(search, zone, tenant.Reviewer.Actor, Stop);
        Assert.True(view.Succeeded, view.Error?.Message);
        return view.Value;
    }

    public sealed class OnSqlite(SqliteCore core) : AuditVolumeTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AuditVolumeTests(core), IClassFixture<PostgreSqlCore>;
}
