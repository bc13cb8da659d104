using FinConsole.Core.Access;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>The log as the audit page reads it.</summary>
public abstract class ListAuditEntriesTests(CoreHost core)
{
    public static TheoryData<string> NaughtyTexts => ["\0", "\ud800", "%", "_", "'; DROP TABLE x; --", "\u202e", "👩‍👩‍👧", new string('x', 1_000_000), "\0\0\0admin"];

    [Fact]
    public async Task Pages_from_the_newest_to_the_oldest_without_gap_or_repetition()
    {
        var tenant = await TenantWithAsync(AuditAction.ProfileUpdate, 25);
        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await ListAsync(tenant.Reviewer, new AuditFilter(Cursor: cursor, Limit: 10));
            Assert.InRange(page.Items.Count, 1, 10);
            seen.AddRange(page.Items.Select(row => row.Sequence));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(number => (long)number), seen);
    }

    [Fact]
    public async Task An_entry_written_meanwhile_moves_no_page()
    {
        var tenant = await TenantWithAsync(AuditAction.ProfileUpdate, 10);
        var first = await ListAsync(tenant.Reviewer, new AuditFilter(Limit: 5));
        await AppendAsync(tenant.Id, AuditAction.TokenCreate, "later", 3);

        var second = await ListAsync(tenant.Reviewer, new AuditFilter(Cursor: first.NextCursor, Limit: 5));

        Assert.Equal([5, 4, 3, 2, 1], second.Items.Select(row => row.Sequence));
    }

    [Fact]
    public async Task Filters_by_action()
    {
        var tenant = await TenantWithAsync(AuditAction.ProfileUpdate, 3);
        await AppendAsync(tenant.Id, AuditAction.TokenCreate, "x", 2);

        Assert.All((await ListAsync(tenant.Admin, new AuditFilter(Action: AuditAction.TokenCreate))).Items, row => Assert.Equal(AuditAction.TokenCreate, row.Action));
        Assert.Equal(2, (await ListAsync(tenant.Admin, new AuditFilter(Action: AuditAction.TokenCreate))).Items.Count);
    }

    [Theory]
    [InlineData("ann@", 2)]
    [InlineData("ANN@", 2)]
    [InlineData(" ann ", 3)]
    [InlineData("nn@", 0)]
    [InlineData("a_n", 0)]
    [InlineData("%", 0)]
    [InlineData("", 6)]
    public async Task Filters_by_how_the_actors_name_begins(string typed, int count)
    {
        var tenant = await TenantWithAsync(AuditAction.ProfileUpdate, 0);
        await AppendAsync(tenant.Id, AuditAction.ProfileUpdate, "ann@acme.example", 2);
        await AppendAsync(tenant.Id, AuditAction.ProfileUpdate, "annette@acme.example", 1);
        await AppendAsync(tenant.Id, AuditAction.ProfileUpdate, "bob@acme.example", 3);

        Assert.Equal(count, (await ListAsync(tenant.Admin, new AuditFilter(Actor: typed))).Items.Count);
    }

    [Fact]
    public async Task Filters_by_period_from_inclusive_to_exclusive()
    {
        var tenant = await TenantWithAsync(AuditAction.ProfileUpdate, 0);
        var start = core.Time.GetUtcNow();
        for (var minute = 0; minute < 5; minute++)
        {
            await AppendAsync(tenant.Id, AuditAction.ProfileUpdate, "x", 1);
            core.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var page = await ListAsync(tenant.Admin, new AuditFilter(From: start.AddMinutes(1), To: start.AddMinutes(3)));

        Assert.Equal([3, 2], page.Items.Select(row => row.Sequence));
    }

    [Fact]
    public async Task Shows_another_tenant_nothing_even_with_its_cursor()
    {
        var mine = await TenantWithAsync(AuditAction.ProfileUpdate, 10);
        var theirs = await TenantWithAsync(AuditAction.ProfileUpdate, 0);
        var cursor = (await ListAsync(mine.Admin, new AuditFilter(Limit: 3))).NextCursor;

        Assert.Empty((await ListAsync(theirs.Admin, new AuditFilter(Cursor: cursor))).Items);
        Assert.Empty((await ListAsync(theirs.Admin, new AuditFilter())).Items);
    }

    [Fact]
    public async Task An_actor_who_names_another_tenant_has_no_session_there()
    {
        var mine = await TenantWithAsync(AuditAction.ProfileUpdate, 1);
        var theirs = await TenantWithAsync(AuditAction.ProfileUpdate, 1);

        var answer = await core.Get<ListAuditEntries>().HandleAsync(new AuditFilter(), mine.Admin.Actor with { TenantId = theirs.Id }, Stop);

        Assert.Equal(AccessErrors.SessionEnded, answer.Error);
    }

    [Fact]
    public async Task Lets_reviewers_and_admins_read_and_nobody_else()
    {
        var tenant = await TenantWithAsync(AuditAction.ProfileUpdate, 1);
        foreach (var member in (TestMember[])[tenant.Developer, tenant.Cashier])
            Assert.Equal(ErrorKind.Forbidden, (await core.Get<ListAuditEntries>().HandleAsync(new AuditFilter(), member.Actor, Stop)).Error?.Kind);
        foreach (var member in (TestMember[])[tenant.Admin, tenant.Reviewer])
            Assert.True((await core.Get<ListAuditEntries>().HandleAsync(new AuditFilter(), member.Actor, Stop)).Succeeded);
    }

    [Theory]
    [MemberData(nameof(NaughtyTexts))]
    public async Task Takes_any_text_as_filter_and_as_cursor(string text)
    {
        var tenant = await TenantWithAsync(AuditAction.ProfileUpdate, 2);

        await ListAsync(tenant.Admin, new AuditFilter(Actor: text));
        Assert.Equal(2, (await ListAsync(tenant.Admin, new AuditFilter(Cursor: text))).Items.Count);
    }

    [Theory]
    [InlineData(int.MinValue, 1)]
    [InlineData(0, 1)]
    [InlineData(int.MaxValue, 3)]
    public async Task Clamps_the_size_of_a_page(int limit, int count)
    {
        var tenant = await TenantWithAsync(AuditAction.ProfileUpdate, 3);

        Assert.Equal(count, (await ListAsync(tenant.Admin, new AuditFilter(Limit: limit))).Items.Count);
    }

    private async Task<Page<AuditRow>> ListAsync(TestMember member, AuditFilter filter)
    {
        var answer = await core.Get<ListAuditEntries>().HandleAsync(filter, member.Actor, Stop);
        Assert.True(answer.Succeeded, answer.Error?.Message);
        return answer.Value;
    }

    private async Task<TestTenant> TenantWithAsync(AuditAction action, int entries)
    {
        var tenant = await core.NewTenantAsync();
        await AppendAsync(tenant.Id, action, "somebody", entries);
        return tenant;
    }

    private async Task AppendAsync(Guid tenant, AuditAction action, string actor, int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            await using var transaction = await core.Get<AuditedTransactions>().BeginUnguardedAsync(Actor.System(tenant, actor), Stop);
            transaction.Audit(action, new AuditSubject(AuditResource.Console, null, "Test"), new AuditDetails());
            await transaction.CommitAsync(Stop);
        }
    }

    public sealed class OnSqlite(SqliteCore core) : ListAuditEntriesTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ListAuditEntriesTests(core), IClassFixture<PostgreSqlCore>;
}
