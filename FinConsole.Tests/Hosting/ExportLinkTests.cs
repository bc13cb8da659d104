using System.Net;
using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Exports;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>The link of an export: whose it is, how often and how long it is good, and that nobody can make another one of it.</summary>
public sealed class ExportLinkTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    private static readonly string[] Exports =
    [
        ConsoleUrls.AuditExport + "?q=action%3Atoken.create%20%27a%20b%27&zone=Europe%2FBerlin",
        ConsoleUrls.LoginExport + "?zone=Europe%2FBerlin&account=" + "somebody%40acme.example" + "&from=2026-03-02",
    ];

    public static TheoryData<string> All => [.. Exports];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Is_good_again_and_again_for_the_session_that_asked_and_for_no_other(string url)
    {
        using var browser = new RawBrowser(console.Address);
        using var other = new RawBrowser(console.Address);
        await other.SignInAsync(console.Tenant.Reviewer);
        var run = await BeginAsync(browser, url);

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(run.Link)).StatusCode);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var file = await browser.GetAsync(run.Link);
            Assert.Equal((HttpStatusCode.OK, "text/csv"), (file.StatusCode, file.Content.Headers.ContentType?.MediaType));
            Assert.Contains(url.StartsWith(ConsoleUrls.AuditExport, StringComparison.Ordinal) ? "tenantId,sequence" : "at,account", await file.Content.ReadAsStringAsync(Stop), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(ExportState.Done, run.State);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(run.Link)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Begins_with_a_byte_order_mark_where_the_page_asked_for_one_and_the_link_cannot_add_it(string url)
    {
        using var browser = new RawBrowser(console.Address);
        var (plain, marked) = (await BeginAsync(browser, url), await BeginAsync(browser, url, new CsvOptions(Mark: true)));

        Assert.True((await (await browser.GetAsync(marked.Link)).Content.ReadAsByteArrayAsync(Stop)).AsSpan().StartsWith("\uFEFF"u8));
        Assert.False((await (await browser.GetAsync(plain.Link)).Content.ReadAsByteArrayAsync(Stop)).AsSpan().StartsWith("\uFEFF"u8));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(plain.Link + "&bom=1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(marked.Link.Replace("&bom=1", "", StringComparison.Ordinal))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Leaves_the_guard_against_formulas_out_where_the_page_asked_for_that_and_the_link_cannot_do_it(string url)
    {
        using var browser = new RawBrowser(console.Address);
        var (guarded, plain) = (await BeginAsync(browser, url), await BeginAsync(browser, url, new CsvOptions(Guard: false)));

        Assert.Contains("&guard=none&", plain.Link, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(plain.Link)).StatusCode);
        foreach (var value in new[] { "none", "", "None", "all" })
            Assert.Equal((value, HttpStatusCode.NotFound), (value, (await browser.GetAsync($"{guarded.Link}&guard={value}")).StatusCode));
        foreach (var value in new[] { "&", "&guard=&", "&guard=all&", "&guard=none&guard=none&" })
            Assert.Equal((value, HttpStatusCode.NotFound), (value, (await browser.GetAsync(plain.Link.Replace("&guard=none&", value, StringComparison.Ordinal))).StatusCode));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Exports_what_was_asked_for_and_nothing_else(string url)
    {
        using var browser = new RawBrowser(console.Address);
        var run = await BeginAsync(browser, url);
        var (path, query) = (run.Link.Split('?')[0], run.Link.Split('?')[1].Split('&'));
        List<string> changed =
        [
            .. query.Select(each => Join(query.Where(other => other != each))),
            .. query.Select(each => Join(query.Select(other => other == each ? Changed(each) : other))),
            .. query.Select(each => Join([.. query, each])),
            Join([.. query, "ip=203.0.113.9"]), Join([.. query, "columns=at"]), Join([.. query, "q="]),
        ];

        foreach (var link in changed)
        {
            var answer = await browser.GetAsync(link);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{link}: {answer.StatusCode}");
            Assert.NotEqual("text/csv", answer.Content.Headers.ContentType?.MediaType);
        }

        var elsewhere = path == ConsoleUrls.AuditExport ? ConsoleUrls.LoginExport : ConsoleUrls.AuditExport;
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync(run.Link.Replace(path, elsewhere, StringComparison.Ordinal))).StatusCode);
        Assert.Equal(ExportState.Waiting, run.State);

        // The same written in another way is the same.
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Join(query.Reverse()).Replace("%2F", "/", StringComparison.Ordinal).Replace("%27", "'", StringComparison.Ordinal))).StatusCode);

        string Join(IEnumerable<string> parts) => $"{path}?{string.Join('&', parts)}";
    }

    [Theory]
    [InlineData(ConsoleUrls.AuditExport + "?q=&zone=")]
    [InlineData(ConsoleUrls.LoginExport + "?zone=")]
    public async Task Is_refused_for_days_of_a_zone_that_is_not_there(string url)
    {
        using var browser = new RawBrowser(console.Address);
        foreach (var zone in new[] { "", "Mars%2FOlympus", "Europe%2FBerlin&zone=UTC", "..%2F..%2Fetc%2Fpasswd", new string('a', 100), "%EF%BF%BE" })
        {
            var run = await BeginAsync(browser, url + zone);
            Assert.Equal((zone, HttpStatusCode.BadRequest), (zone, (await browser.GetAsync(run.Link)).StatusCode));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync((await BeginAsync(browser, url.Split('?')[0] + "?q=")).Link)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync((await BeginAsync(browser, url + "UTC")).Link)).StatusCode);
    }

    [Fact]
    public void Is_good_for_five_minutes_and_not_after_it_was_cancelled()
    {
        var time = new FakeTimeProvider();
        var (runs, user) = (new ExportRuns(time), UserOf(Guid.NewGuid(), Guid.NewGuid()));
        var (run, cancelled) = (runs.Begin(user, "/export?a=b", ExportFormat.Csv), runs.Begin(user, "/export", ExportFormat.Ndjson));

        Assert.NotNull(runs.Take(RequestFor(cancelled.Link), user));
        cancelled.Cancel();
        Assert.Null(runs.Take(RequestFor(cancelled.Link), user));
        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Same(run, runs.Take(RequestFor(run.Link), user)?.Run);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(runs.Take(RequestFor(run.Link), user));
    }

    [Fact]
    public void Tells_how_the_newest_download_gets_on_until_one_was_whole()
    {
        var (runs, user) = (new ExportRuns(TimeProvider.System), UserOf(Guid.NewGuid(), Guid.NewGuid()));
        var run = runs.Begin(user, "/export", ExportFormat.Csv);

        // As a download manager does: the browser's own request ends when the manager has taken it over.
        var (browsers, managers) = (runs.Take(RequestFor(run.Link), user)!, runs.Take(RequestFor(run.Link), user)!);
        browsers.CountTo(7);
        browsers.End(ExportState.Cancelled);
        Assert.Equal((ExportState.Running, 0), (run.State, run.Rows));
        managers.CountTo(9);
        managers.End(ExportState.Done);
        runs.Take(RequestFor(run.Link), user)!.CountTo(3);

        Assert.Equal((ExportState.Done, 9), (run.State, run.Rows));
    }

    private static string Changed(string parameter) => parameter.Split('=')[0] switch
    {
        "zone" => "zone=UTC",
        "format" => "format=ndjson",
        "run" => $"run={Guid.NewGuid():D}",
        "from" => "from=2026-03-01",
        var name => $"{name}=changed",
    };

    private static HttpRequest RequestFor(string link) => new DefaultHttpContext { Request = { Path = link.Split('?')[0], QueryString = new QueryString("?" + link.Split('?')[1]) } }.Request;

    private static ClaimsPrincipal UserOf(Guid tenantId, Guid sessionId) =>
        new(new ClaimsIdentity([new(ConsoleClaims.Tenant, tenantId.ToString()), new(ConsoleClaims.Session, sessionId.ToString())], "test"));

    // As the page's button does, in the session of this browser.
    private async Task<ExportRun> BeginAsync(RawBrowser browser, string url, CsvOptions? csv = null)
    {
        if (browser.Cookies.Length == 0)
            await browser.SignInAsync(console.Tenant.Admin);
        await using var context = console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id);
        var session = await context.Set<MemberSession>().Where(each => each.MemberId == console.Tenant.Admin.Id).OrderBy(each => each.Id).LastAsync(Stop);
        return console.Services.GetRequiredService<ExportRuns>().Begin(UserOf(console.Tenant.Id, session.Id), url, ExportFormat.Csv, csv);
    }
}
