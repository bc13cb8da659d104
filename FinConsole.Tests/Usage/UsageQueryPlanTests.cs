using FinConsole.Core.Members;
using FinConsole.Core.Usage.Reports;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Usage;

/// <summary>Every look at usage is read off an index that holds the tenant and the period: other tenants and other times cost nothing.</summary>
public abstract class UsageQueryPlanTests(CoreHost core)
{
    private const int Hours = 2_000;
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddHours(480_000);

    [Fact]
    public async Task A_period_is_read_off_the_tenant_s_hours_and_a_token_s_off_its_own()
    {
        var tenant = await core.NewTenantAsync();
        await FillAsync(await core.NewTenantAsync());
        var tokens = await FillAsync(tenant);
        var actor = Actor.System(tenant.Id, "test");
        var query = new UsageQuery(Start.AddHours(100), Start.AddHours(148), UsageUnit.Hour);

        await IsReadOffAsync("UsageHours", "PK_UsageHours", "sqlite_autoindex_UsageHours_1", async () =>
            Assert.Equal(48 * 4, (await core.Get<ShowUsage>().HandleAsync(query, TimeZoneInfo.Utc, actor, Stop)).Value!.Total.Requests));
        await IsReadOffAsync("UsageHours", "IX_UsageHours_TenantId_TokenId_Hour", "IX_UsageHours_TenantId_TokenId_Hour", async () =>
            Assert.Equal(48, (await core.Get<ShowUsage>().HandleAsync(query with { TokenId = tokens[0] }, TimeZoneInfo.Utc, actor, Stop)).Value!.Total.Requests));
        core.Time.AdjustTime(Start.AddHours(Hours));
        await IsReadOffAsync("UsageHours", "IX_UsageHours_TenantId_TokenId_Hour", "IX_UsageHours_TenantId_TokenId_Hour", async () =>
            Assert.Equal(2, (await core.Get<ShowTokenTraffic>().HandleAsync(tokens[..2], actor, Stop)).Value!.Count));
    }

    [Fact]
    public async Task Traffic_of_many_tokens_takes_no_more_queries_than_of_one()
    {
        var tenant = await core.NewTenantAsync();
        var tokens = await FillAsync(tenant);
        var actor = Actor.System(tenant.Id, "test");

        var one = await core.PlansOfAsync(() => core.Get<ShowTokenTraffic>().HandleAsync(tokens[..1], actor, Stop));
        var all = await core.PlansOfAsync(() => core.Get<ShowTokenTraffic>().HandleAsync(tokens, actor, Stop));

        Assert.Equal(one.Count, all.Count);
        Assert.InRange(all.Count, 2, 6);
    }

    private async Task IsReadOffAsync(string table, string index, string sqliteIndex, Func<Task> act)
    {
        var plans = (await core.PlansOfAsync(act)).Where(plan => plan.Sql.Contains($"\"{table}\"", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(plans);
        Assert.All(plans, plan =>
        {
            var wanted = core.Provider == Core.Data.DatabaseProvider.Sqlite ? sqliteIndex : index;
            Assert.True(plan.Plan.Contains(wanted, StringComparison.Ordinal), $"{plan.Sql}\n{plan.Plan}");
            Assert.False(plan.Plan.Contains($"Seq Scan on \"{table}\"", StringComparison.Ordinal) || plan.Plan.Contains("SCAN u", StringComparison.Ordinal), $"{plan.Sql}\n{plan.Plan}");
        });
    }

    // Four tokens, a request each an hour.
    private async Task<List<Guid>> FillAsync(TestTenant tenant)
    {
        var tokens = new List<Guid>();
        for (var number = 0; number < 4; number++)
            tokens.Add((await core.AddTokenAsync(tenant, $"Token {number}")).Id);
        await using var db = core.Db.Open(tenant.Id);
        foreach (var token in tokens)
        {
            await db.Database.ExecuteSqlRawAsync(
                $$"""
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {{Hours - 1}})
                INSERT INTO "UsageHours" ("TenantId", "Hour", "TokenId", "Endpoint", "Status", "Country", "Count")
                SELECT {0}, 480000 + i, {1}, 'GET /' || (i % 5), 2, '', 1 FROM n
                """,
                [tenant.Id, token], Stop);
        }

        await core.AnalyzeAsync();
        return tokens;
    }

    public sealed class OnSqlite(SqliteCore core) : UsageQueryPlanTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : UsageQueryPlanTests(core), IClassFixture<PostgreSqlCore>;
}
