using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

public abstract class ListLoginAttemptsTests(CoreHost core)
{
    [Fact]
    public async Task Pages_by_keyset_show_every_row_once_newest_first_however_many_share_a_moment()
    {
        var tenant = await core.NewTenantAsync();
        for (var number = 0; number < 25; number++)
        {
            await core.FailAsync(tenant.Id, tenant.Developer.Email);
            if (number % 10 == 9)
                core.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var seen = new List<LoginRow>();
        string? cursor = null;
        do
        {
            var page = (await ListAsync(tenant.Reviewer.Actor, new LoginFilter(Cursor: cursor, Limit: 4))).Value!;
            Assert.InRange(page.Rows.Count, 1, 4);
            seen.AddRange(page.Rows);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(25, seen.Select(row => row.Id).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Select(row => row.Id), seen.Select(row => row.Id));
    }

    [Fact]
    public async Task Each_filter_shows_what_it_says_and_they_narrow_each_other()
    {
        var tenant = await core.NewTenantAsync();
        await core.SettleAsync(tenant.Developer, 5);
        await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Brazil));
        await core.SignInAsync(tenant.Reviewer, LoginSteps.From("203.0.113.200"));
        await core.FailAsync(tenant.Id, tenant.Developer.Email.ToUpperInvariant(), LoginSteps.From("198.51.100.3"));

        async Task<int> CountAsync(LoginFilter filter) => (await core.HistoryAsync(tenant.Id, filter)).Count;
        Assert.Equal(7, await CountAsync(new LoginFilter(Account: tenant.Developer.Email.ToUpperInvariant())));
        Assert.Equal(7, await CountAsync(new LoginFilter(Account: "developer@")));
        Assert.Equal(0, await CountAsync(new LoginFilter(Account: "eveloper@")));
        Assert.Equal(1, await CountAsync(new LoginFilter(Outcome: LoginOutcome.WrongPassword)));
        Assert.Equal(5, await CountAsync(new LoginFilter(Ip: TestPlaces.Office)));
        Assert.Equal(6, await CountAsync(new LoginFilter(Ip: "203.0.113.0/24")));
        Assert.Equal(1, await CountAsync(new LoginFilter(Ip: "203.0.113.192/26")));
        Assert.Equal(8, await CountAsync(new LoginFilter(Ip: "192.0.0.0/4")));
        Assert.Equal(1, await CountAsync(new LoginFilter(Country: "br")));
        Assert.Equal(2, await CountAsync(new LoginFilter(SuspiciousOnly: true)));
        Assert.Equal(1, await CountAsync(new LoginFilter(SuspiciousOnly: true, Account: tenant.Developer.Email, Country: "BR", Outcome: LoginOutcome.Success)));
        var now = core.Time.GetUtcNow();
        Assert.Equal(4, await CountAsync(new LoginFilter(From: now)));
        Assert.Equal(4, await CountAsync(new LoginFilter(To: now, Account: tenant.Developer.Email)));
        Assert.Equal(0, await CountAsync(new LoginFilter(From: now, To: now)));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("203.0.113.0/33")]
    [InlineData("2001:db8::/129")]
    [InlineData("203.0.113")]
    [InlineData("/24")]
    [InlineData("203.0.113.0/")]
    [InlineData("203.0.113.0/-1")]
    public async Task What_is_no_address_is_told_so(string ip)
    {
        var tenant = await core.NewTenantAsync();

        Assert.Equal(LoginHistoryErrors.NoSuchAddress, (await ListAsync(tenant.Reviewer.Actor, new LoginFilter(Ip: ip))).Error);
    }

    [Fact]
    public async Task Naughty_filters_and_cursors_find_nothing_or_the_first_page_and_break_nothing()
    {
        var tenant = await core.NewTenantAsync();
        await core.FailAsync(tenant.Id, tenant.Developer.Email);
        foreach (var text in NaughtyStrings.All.Values)
        {
            Assert.Empty((await ListAsync(tenant.Reviewer.Actor, new LoginFilter(Account: "?" + text))).Value!.Rows);
            Assert.Empty((await ListAsync(tenant.Reviewer.Actor, new LoginFilter(Country: "?" + text))).Value!.Rows);
            Assert.Single((await ListAsync(tenant.Reviewer.Actor, new LoginFilter(Cursor: text))).Value!.Rows);
            Assert.Single((await ListAsync(tenant.Reviewer.Actor, new LoginFilter(Cursor: new Cursor(text, text).ToString()))).Value!.Rows);
        }
    }

    [Fact]
    public async Task A_search_that_no_index_serves_stops_after_a_hundred_thousand_rows_and_goes_on_from_there()
    {
        var tenant = await core.NewTenantAsync();
        await core.FailAsync(tenant.Id, tenant.Admin.Email, LoginSteps.From(TestPlaces.Brazil));
        await FillAsync(tenant.Id, BackwardSearch.Reach + 500);

        // One account of all, and a range wider than a network: matched in memory, on the way back.
        var filter = new LoginFilter(Account: "filler@bulk.example", Ip: "192.0.0.0/8");
        var first = (await ListAsync(tenant.Reviewer.Actor, filter)).Value!;
        Assert.Empty(first.Rows);
        Assert.NotNull(first.SearchedBackTo);
        var second = (await ListAsync(tenant.Reviewer.Actor, filter with { Cursor = first.NextCursor })).Value!;
        Assert.Equal((0, null, null), (second.Rows.Count, second.SearchedBackTo, second.NextCursor));

        var wide = new LoginFilter(Ip: "192.0.0.0/8");
        var far = (await ListAsync(tenant.Reviewer.Actor, wide)).Value!;
        Assert.Empty(far.Rows);
        Assert.Equal(tenant.Admin.Email, Assert.Single((await ListAsync(tenant.Reviewer.Actor, wide with { Cursor = far.NextCursor })).Value!.Rows).Account);
    }

    [Fact]
    public async Task An_export_streams_all_that_the_filter_shows_writes_itself_down_first_and_stops_with_the_right()
    {
        var tenant = await core.NewTenantAsync();
        await FillAsync(tenant.Id, 5_000);
        var reach = new List<ReadingReach>();
        var rows = new List<LoginRow>();
        var entries = await core.AuditOfAsync(tenant.Id, async () =>
        {
            var export = await ExportAsync(tenant.Reviewer.Actor, new LoginFilter(Account: "filler@bulk.example"), new Reached(reach));
            await foreach (var row in export.Value!)
                rows.Add(row);
        });

        Assert.Equal(5_000, rows.Select(row => row.Id).Distinct().Count());
        var entry = Assert.Single(entries);
        Assert.Equal((AuditAction.LoginExport, AuditResult.Success, """{"format":"Csv","query":"account=filler"}"""), (entry.Action, entry.Result, entry.Metadata));
        // Pieces of 100, 200, 400, 800, 1600 rows and the rest: by a clock that stands still, none takes any time.
        Assert.Equal(6, reach.Count);
        Assert.Equal(reach.OrderBy(each => each.Fraction).Select(each => each.Fraction), reach.Select(each => each.Fraction));

        var refused = await ExportAsync(tenant.Developer.Actor, new LoginFilter(), null);
        Assert.Equal(ErrorKind.Forbidden, refused.Error?.Kind);
    }

    [Fact]
    public async Task Who_loses_the_right_in_the_middle_of_an_export_gets_no_more_of_it()
    {
        var tenant = await core.NewTenantAsync();
        await FillAsync(tenant.Id, 60_000);
        var export = await ExportAsync(tenant.Reviewer.Actor, new LoginFilter(), null);
        var read = 0;

        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () =>
        {
            await foreach (var row in export.Value!)
            {
                if (++read == 1)
                    await core.ChangeAsync(tenant.Reviewer, member => member.Role = Role.Developer);
            }
        });
        Assert.InRange(read, 1, 59_999);
    }

    private Task<Result<LoginPage>> ListAsync(Actor actor, LoginFilter filter) => core.Get<ListLoginAttempts>().HandleAsync(filter, actor, Stop);

    private Task<Result<IAsyncEnumerable<LoginRow>>> ExportAsync(Actor actor, LoginFilter filter, IProgress<ReadingReach>? progress) =>
        core.Get<ExportLoginAttempts>().HandleAsync(filter, "account=filler", ExportFormat.Csv, progress, actor, Stop);

    private async Task FillAsync(Guid tenantId, int rows)
    {
        await using var db = core.Db.Open(tenantId);
        await db.Database.ExecuteSqlRawAsync(
            """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {2})
            INSERT INTO "LoginAttempts" ("TenantId", "Account", "Way", "Outcome", "At", "Ip", "Network", "CorrelationId", "Level", "Score", "Flagged", "Undecided")
            SELECT {0}, 'filler@bulk.example', 1, 1, {1} + CAST(i AS BIGINT) * 10000, '10.0.0.1', '10.0.0.0/24', '', 1, 0, 0, 0 FROM n
            """, tenantId, core.Time.GetUtcNow().UtcTicks + 1, rows - 1);
    }

    private sealed class Reached(List<ReadingReach> all) : IProgress<ReadingReach>
    {
        public void Report(ReadingReach value) => all.Add(value);
    }

    public sealed class OnSqlite(SqliteCore core) : ListLoginAttemptsTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ListLoginAttemptsTests(core), IClassFixture<PostgreSqlCore>;
}
