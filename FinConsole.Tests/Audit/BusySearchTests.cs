using System.Runtime.CompilerServices;
using FinConsole.Core.Audit.Export;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.LoginHistory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>Every search that no index answers is a scan: it needs a permit, and is refused in plain words while too many run.</summary>
public abstract class BusySearchTests(CoreHost core)
{
    private const int Rows = 3_000;

    private static readonly ConditionalWeakTable<CoreHost, Lazy<Task<TestTenant>>> Filled = [];

    public static TheoryData<string> Scans => ["audit search", "audit search with a negation", "audit search by network", "audit log followed", "audit volume", "sign-ins by beginning", "sign-ins by wide network"];

    public static TheoryData<string> Reads => ["audit search by index", "whole audit log", "audit volume from counted hours", "sign-ins by account", "all sign-ins"];

    [Theory]
    [MemberData(nameof(Scans))]
    public async Task A_scan_is_refused_while_the_tenants_permits_are_taken_and_runs_afterwards(string scan)
    {
        var tenant = await FillAsync();
        await using var services = core.NewInstance(collection => collection.Configure<ScanOptions>(options => (options.PerTenant, options.LongestWait) = (1, TimeSpan.Zero)));
        using (await services.GetRequiredService<ScanLimiter>().BeginSearchAsync(tenant.Id, Stop))
        {
            var refusal = await AskAsync(services, tenant, scan);
            Assert.Equal((ErrorKind.TooManyRequests, "search_busy"), (refusal?.Kind, refusal?.Code));
            Assert.True(refusal!.RetryAfter > TimeSpan.Zero);
        }

        Assert.Null(await AskAsync(services, tenant, scan));
        // Its own permit was given back.
        Assert.Null(await AskAsync(services, tenant, scan));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task What_an_index_answers_is_never_refused(string read)
    {
        var tenant = await FillAsync();
        await using var services = core.NewInstance(collection => collection.Configure<ScanOptions>(options => (options.PerTenant, options.LongestWait) = (1, TimeSpan.Zero)));
        using var taken = await services.GetRequiredService<ScanLimiter>().BeginSearchAsync(tenant.Id, Stop);

        Assert.Null(await AskAsync(services, tenant, read));
    }

    [Fact]
    public async Task Exports_go_on_while_searches_are_refused()
    {
        var tenant = await FillAsync();
        await using var services = core.NewInstance(collection => collection.Configure<ScanOptions>(options => (options.PerTenant, options.LongestWait) = (1, TimeSpan.Zero)));
        using var taken = await services.GetRequiredService<ScanLimiter>().BeginSearchAsync(tenant.Id, Stop);
        var reviewer = tenant.Reviewer.Actor;

        var entries = await services.GetRequiredService<ExportAuditLog>().HandleAsync(Parse("something -action:audit.export"), "something", ExportFormat.Csv, reviewer, null, Stop);
        var attempts = await services.GetRequiredService<ExportLoginAttempts>().HandleAsync(new LoginFilter(Account: "person"), "account=person", ExportFormat.Csv, null, reviewer, Stop);

        Assert.Equal(Rows, await entries.Value!.CountAsync(Stop));
        Assert.Equal(Rows, await attempts.Value!.CountAsync(Stop));
    }

    // One tenant for all of a class: nothing here changes it but the exports' own entries.
    private Task<TestTenant> FillAsync() => Filled.GetValue(core, host => new Lazy<Task<TestTenant>>(() => FillAsync(host))).Value;

    private static async Task<TestTenant> FillAsync(CoreHost core)
    {
        var tenant = await core.NewTenantAsync();
        await core.AppendAsync(tenant.Id, Rows, _ => new AuditShape());
        await core.AddPastAsync(tenant.Id, Rows, core.Time.GetUtcNow().AddHours(-1));
        return tenant;
    }

    private async Task<Error?> AskAsync(IServiceProvider services, TestTenant tenant, string what)
    {
        var reviewer = tenant.Reviewer.Actor;
        return what switch
        {
            "audit search" => await SearchAsync("nowhere-to-be-found"),
            "audit search with a negation" => await SearchAsync("-somebody"),
            "audit search by network" => await SearchAsync("ip:198.51.100.0/24"),
            "audit search by index" => await SearchAsync("actor:somebody@acme.example"),
            "whole audit log" => await SearchAsync(""),
            "audit log followed" => (await services.GetRequiredService<FollowAuditLog>().HandleAsync(Parse("nowhere-to-be-found"), 0, 50, reviewer, Stop)).Error,
            "audit volume" => await VolumeAsync("something"),
            "audit volume from counted hours" => await VolumeAsync("result:failure"),
            "sign-ins by beginning" => await ListAsync(new LoginFilter(Account: "nobody")),
            "sign-ins by wide network" => await ListAsync(new LoginFilter(Ip: "10.0.0.0/8")),
            "sign-ins by account" => await ListAsync(new LoginFilter(Account: "person7@past.example")),
            "all sign-ins" => await ListAsync(new LoginFilter()),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };

        async Task<Error?> SearchAsync(string query) => (await services.GetRequiredService<SearchAuditLog>().HandleAsync(Parse(query), null, 50, reviewer, Stop)).Error;
        async Task<Error?> VolumeAsync(string query) => (await services.GetRequiredService<ShowAuditVolume>().HandleAsync(Parse(query), TimeZoneInfo.Utc, reviewer, Stop)).Error;
        async Task<Error?> ListAsync(LoginFilter filter) => (await services.GetRequiredService<ListLoginAttempts>().HandleAsync(filter, reviewer, Stop)).Error;
    }

    private AuditSearch Parse(string query) => AuditSearchParser.Parse(query, new AuditSearchClock(core.Time.GetUtcNow(), TimeZoneInfo.Utc)).Search!;

    public sealed class OnSqlite(SqliteCore core) : BusySearchTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : BusySearchTests(core), IClassFixture<PostgreSqlCore>;
}
