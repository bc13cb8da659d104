using FinConsole.Core.Access;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>What searches find, in which order, and where they stop.</summary>
public abstract class SearchAuditLogTests(CoreHost core)
{
    private static readonly Guid Ann = Guid.Parse("0190a000-0000-7000-8000-00000000000a");
    private static readonly Guid Billing = Guid.Parse("0190a000-0000-7000-8000-0000000000b1");

    public static TheoryData<string, long[]> Searches => new()
    {
        { "", [8, 7, 6, 5, 4, 3, 2, 1] },
        { "action:token.create", [3, 1] },
        { "action:token", [4, 3, 1] },
        { "-action:token", [8, 7, 6, 5, 2] },
        { "action:token.create actor:bob@", [3] },
        { "actor:ann@", [4, 2, 1] },
        { "actor:ANN@Acme.example", [4, 2, 1] },
        { "actor:ann", [5, 4, 2, 1] },
        { "actor:nn@", [] },
        { "actor:%", [] },
        { "actor:_nn", [] },
        { $"actor:{Ann}", [5, 4, 2, 1] },
        { "actor:\"command line\"", [8] },
        { "resource:token", [4, 3, 1] },
        { "resource:Billing", [3, 1] },
        { "resource:\"Billing export\"", [3] },
        { "resource:billing", [] },
        { $"resource:{Billing}", [4, 1] },
        { $"-actor:{Ann} -billing", [8, 7, 6] },
        { $"-resource:{Billing} -invoices", [8, 7, 6, 5, 3, 2] },
        { "result:failure", [6, 4] },
        { "-result:success", [6, 4] },
        { "ip:203.0.113.7", [2, 1] },
        { "ip:203.0.113.0/24", [3, 2, 1] },
        { "-ip:203.0.113.0/24", [8, 7, 6, 5, 4] },
        { "ip:2001:db8::/32", [6, 5] },
        { "ip:2001:db8::5", [5] },
        { "id:second", [4, 3] },
        { "id:#5", [5] },
        { "-id:#5 -id:second", [8, 7, 6, 2, 1] },
        { "id:#99", [] },
        { "billing", [4, 3, 1] },
        { "BILLING -export", [4, 1] },
        { "\"Ines' laptop\"", [7] },
        { "token.create", [3, 1] },
        { "2001:db8", [6, 5] },
        { "actor:ann@ result:failure since:1h", [4] },
        { "action:token.create action:token.rotate", [] },
    };

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Finds_what_fits_newest_first(string query, long[] found)
    {
        var tenant = await TenantWithAsync();

        Assert.Equal(found, (await SearchAsync(tenant.Reviewer, query)).Items.Select(row => row.Sequence));
        // The same one by one, by its own cursor.
        Assert.Equal(found, await AllAsync(tenant.Reviewer, query, limit: 1));
    }

    [Theory]
    [InlineData("", 8)]
    [InlineData("billing", 3)]
    [InlineData("-billing -id:second", 5)]
    [InlineData("-action:token", 5)]
    public async Task What_is_found_is_shown_whole_however_it_was_found(string query, int found)
    {
        var tenant = await TenantWithAsync();
        var all = (await core.Get<ListAuditEntries>().HandleAsync(new AuditFilter(), tenant.Reviewer.Actor, Stop)).Value!.Items.ToDictionary(row => row.Sequence, Json);

        var searched = (await SearchAsync(tenant.Reviewer, query)).Items;
        var followed = (await core.Get<FollowAuditLog>().HandleAsync(AuditSearchParser.Parse(query, Clock).Search!, 0, 50, tenant.Reviewer.Actor, Stop)).Value!.Items;

        Assert.Equal(found, searched.Count);
        Assert.Equal(searched.Select(row => all[row.Sequence]), searched.Select(Json));
        Assert.Equal(searched.Select(Json).Reverse(), followed.Select(Json));

        static string Json(AuditRow row) => System.Text.Json.JsonSerializer.Serialize(row);
    }

    [Fact]
    public async Task Periods_are_exact_although_numbers_and_times_disagree_a_little()
    {
        var tenant = await core.NewTenantAsync();
        var start = core.Time.GetUtcNow();
        // Every third entry began two minutes before its neighbours and ended after them.
        await core.AppendAsync(tenant.Id, 300, number => new AuditShape(At: start.AddMinutes(number - (number % 3 == 0 ? 2 : 0))));
        var (since, until) = (start.AddMinutes(50), start.AddMinutes(60));

        var found = await AllAsync(tenant.Reviewer, $"since:{AuditTimes.Write(since)} until:{AuditTimes.Write(until)}", limit: 4);

        var expected = (await core.AuditAsync(tenant.Id)).Where(entry => entry.At >= since && entry.At < until).Select(entry => entry.Sequence).Reverse();
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Periods_are_exact_although_the_clock_was_days_ahead_for_a_while_and_days_behind_for_another()
    {
        var tenant = await core.NewTenantAsync();
        var start = core.Time.GetUtcNow().AddDays(-90);
        // An hour apart; twenty entries are stamped ten days too late, and twenty five days too early.
        DateTimeOffset AtOf(long number) => start.AddHours(number).AddDays(number is > 100 and <= 120 ? 10 : number is > 700 and <= 720 ? -5 : 0);
        await core.AppendAsync(tenant.Id, 1000, number => new AuditShape(number % 2 == 0 ? AuditAction.TokenCreate : AuditAction.ProfileUpdate, At: AtOf(number)));

        for (var hours = 80; hours < 1020; hours += 13)
        {
            var (from, to) = (start.AddHours(hours), start.AddHours(hours + 40));
            await FindsAsync($"since:{AuditTimes.Write(from)}", at => at >= from);
            await FindsAsync($"until:{AuditTimes.Write(from)}", at => at < from);
            await FindsAsync($"since:{AuditTimes.Write(from)} until:{AuditTimes.Write(to)}", at => at >= from && at < to);
        }

        async Task FindsAsync(string query, Func<DateTimeOffset, bool> fits)
        {
            long[] expected = [.. Enumerable.Range(1, 1000).Select(number => (long)number).Where(number => fits(AtOf(number))).Reverse()];
            Assert.Equal((query, string.Join(' ', expected)), (query, string.Join(' ', await AllAsync(tenant.Reviewer, query, limit: 200))));
            Assert.Equal(expected.Where(number => number % 2 == 0), await AllAsync(tenant.Reviewer, $"action:token.create {query}", limit: 200));
            var followed = await core.Get<FollowAuditLog>().StreamAsync(AuditSearchParser.Parse(query, Clock).Search!, 0, tenant.Reviewer.Actor, Stop);
            Assert.Equal(expected.Reverse(), await followed.Value!.Select(row => row.Sequence).ToListAsync(Stop));
        }
    }

    [Fact]
    public async Task What_is_appended_later_is_found_by_a_reader_whose_period_was_empty()
    {
        var tenant = await core.NewTenantAsync();
        var start = core.Time.GetUtcNow();
        await core.AppendAsync(tenant.Id, 3, _ => new AuditShape(At: start.AddDays(-1)));
        var search = AuditSearchParser.Parse("since:1h", Clock).Search!;
        var first = (await core.Get<FollowAuditLog>().HandleAsync(search, 0, 50, tenant.Reviewer.Actor, Stop)).Value!;
        await core.AppendAsync(tenant.Id, 1, _ => new AuditShape(At: start));

        var second = (await core.Get<FollowAuditLog>().HandleAsync(search, first.LastSequence, 50, tenant.Reviewer.Actor, Stop)).Value!;

        Assert.Equal((0, 3L), (first.Items.Count, first.LastSequence));
        Assert.Equal([4L], second.Items.Select(row => row.Sequence));
    }

    [Fact]
    public async Task A_beginning_of_many_names_finds_them_all_in_order()
    {
        var tenant = await core.NewTenantAsync();
        await core.AppendAsync(tenant.Id, 400, number => new AuditShape(Actor: $"{(number % 4 == 0 ? "bob" : "ann")}{number % 40}@acme.example"));

        Assert.Equal(Enumerable.Range(1, 400).Reverse().Where(number => number % 4 != 0).Select(number => (long)number), await AllAsync(tenant.Reviewer, "actor:ann", limit: 50));
        Assert.Equal(Enumerable.Range(1, 400).Reverse().Where(number => number % 4 == 0).Select(number => (long)number), await AllAsync(tenant.Reviewer, "actor:bob", limit: 7));
    }

    [Fact]
    public async Task What_no_index_answers_stops_after_a_hundred_thousand_rows_and_goes_on_from_there()
    {
        if (core.Provider != Core.Data.DatabaseProvider.Sqlite)
            return;
        var tenant = await core.NewTenantAsync();
        var start = core.Time.GetUtcNow().AddDays(-3);
        await core.AppendAsync(tenant.Id, 1, _ => new AuditShape(ResourceName: "Needle", At: start));
        await core.AppendInBulkAsync(tenant.Id, 120_000, number => new AuditShape(At: start.AddSeconds(number)));

        var first = await SearchAsync(tenant.Reviewer, "needle");

        Assert.Empty(first.Items);
        Assert.Equal(start.AddSeconds(20_002), first.SearchedBackTo);
        var second = await SearchAsync(tenant.Reviewer, "needle", first.NextCursor);
        Assert.Equal([1L], second.Items.Select(row => row.Sequence));
        Assert.Equal((null, null), (second.SearchedBackTo, second.NextCursor));
        // With an index there is nothing to stop for.
        Assert.Equal([1L], (await SearchAsync(tenant.Reviewer, "resource:Needle")).Items.Select(row => row.Sequence));
    }

    [Fact]
    public async Task Shows_another_tenant_nothing_even_with_its_cursor()
    {
        var mine = await TenantWithAsync();
        var theirs = await core.NewTenantAsync();
        var cursor = (await SearchAsync(mine.Admin, "", limit: 3)).NextCursor;

        Assert.Empty((await SearchAsync(theirs.Admin, "", cursor)).Items);
        Assert.Empty((await SearchAsync(theirs.Admin, $"resource:{Billing}")).Items);
        Assert.Equal(AccessErrors.SessionEnded, (await core.Get<SearchAuditLog>().HandleAsync(AuditSearch.Everything, null, 50, mine.Admin.Actor with { TenantId = theirs.Id }, Stop)).Error);
    }

    [Fact]
    public async Task Lets_reviewers_and_admins_search_and_nobody_else()
    {
        var tenant = await core.NewTenantAsync();
        foreach (var member in (TestMember[])[tenant.Developer, tenant.Cashier])
            Assert.Equal(ErrorKind.Forbidden, (await core.Get<SearchAuditLog>().HandleAsync(AuditSearch.Everything, null, 50, member.Actor, Stop)).Error?.Kind);
        foreach (var member in (TestMember[])[tenant.Admin, tenant.Reviewer])
            Assert.True((await core.Get<SearchAuditLog>().HandleAsync(AuditSearch.Everything, null, 50, member.Actor, Stop)).Succeeded);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_any_text_as_search_and_as_cursor(string name)
    {
        var tenant = await TenantWithAsync();
        foreach (var field in new[] { "", "actor:", "resource:", "id:" })
        {
            if (AuditSearchParser.Parse(field + AuditSearchEdit.Quote(NaughtyStrings.All[name]), Clock).Search is { } search)
                Assert.True((await core.Get<SearchAuditLog>().HandleAsync(search, NaughtyStrings.All[name], 50, tenant.Admin.Actor, Stop)).Succeeded);
        }
    }

    private AuditSearchClock Clock => new(core.Time.GetUtcNow(), TimeZoneInfo.Utc);

    private async Task<TestTenant> TenantWithAsync()
    {
        var tenant = await core.NewTenantAsync();
        AuditShape[] shapes =
        [
            new(AuditAction.TokenCreate, "ann@acme.example", Ann, AuditResource.Token, Billing, "Billing", CorrelationId: "first"),
            new(AuditAction.ProfileUpdate, "ann@acme.example", Ann),
            new(AuditAction.TokenCreate, "bob@acme.example", null, AuditResource.Token, null, "Billing export", Ip: "203.0.113.8", CorrelationId: "second"),
            new(AuditAction.TokenRotate, "ann@acme.example", Ann, AuditResource.Token, Billing, "Invoices", AuditResult.Failure, "198.51.100.1", "second", """{"name":"Billing"}"""),
            new(AuditAction.ProfileUpdate, "annette@acme.example", Ann, Ip: "2001:db8::5"),
            new(AuditAction.ProfileUpdate, "bob@acme.example", Result: AuditResult.Failure, Ip: "2001:db8:1::6"),
            new(AuditAction.MemberInvite, "bob@acme.example", Ip: null, Metadata: new AuditDetails().With(AuditField.Name, "Ines' laptop").ToJson()),
            new(AuditAction.TenantOnboard, "command line", Ip: null),
        ];
        await core.AppendAsync(tenant.Id, shapes.Length, number => shapes[number - 1]);
        return tenant;
    }

    private async Task<List<long>> AllAsync(TestMember member, string query, int limit)
    {
        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await SearchAsync(member, query, cursor, limit);
            Assert.InRange(page.Items.Count, 0, limit);
            seen.AddRange(page.Items.Select(row => row.Sequence));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return seen;
    }

    private async Task<AuditSearchPage> SearchAsync(TestMember member, string query, string? cursor = null, int limit = 50)
    {
        var (search, fault) = AuditSearchParser.Parse(query, Clock);
        Assert.Null(fault);
        var answer = await core.Get<SearchAuditLog>().HandleAsync(search!, cursor, limit, member.Actor, Stop);
        Assert.True(answer.Succeeded, answer.Error?.Message);
        return answer.Value;
    }

    public sealed class OnSqlite(SqliteCore core) : SearchAuditLogTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : SearchAuditLogTests(core), IClassFixture<PostgreSqlCore>;
}
