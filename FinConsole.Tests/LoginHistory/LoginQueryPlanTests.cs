using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>Every filter that has an index uses it, in the order of the list: nothing is sorted, nothing is counted, nothing is skipped over.</summary>
public abstract class LoginQueryPlanTests(CoreHost core)
{
    private const int Rows = 20_000;

    public static TheoryData<string> Filters => new(
    [
        "none", "account", "ip", "network", "country", "outcome", "suspicious", "period", "older", "account and older", "suspicious and period",
    ]);

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_page_is_read_off_an_index(string name)
    {
        var tenant = await Filled.GetAsync(core);
        var (filter, index) = Case(name);

        var plans = await core.PlansOfAsync(async () => Assert.NotEmpty(
            (await core.Get<ListLoginAttempts>().HandleAsync(filter, Actor.System(tenant.Id, "test"), Stop)).Value!.Rows));

        var pages = plans.Where(plan => plan.Sql.Contains("LoginAttempts", StringComparison.Ordinal) && plan.Sql.Contains("ORDER BY", StringComparison.Ordinal)).ToList();
        Assert.Contains(pages, plan => plan.Plan.Contains(index, StringComparison.Ordinal));
        Assert.All(plans, plan =>
        {
            foreach (var word in new[] { "COUNT(", "count(", "OFFSET" })
                Assert.DoesNotContain(word, plan.Sql, StringComparison.Ordinal);
            foreach (var word in new[] { "TEMP B-TREE", "SCAN l", "Sort", "Seq Scan on \"LoginAttempts\"" })
                Assert.False(plan.Plan.Contains(word, StringComparison.Ordinal), $"{plan.Sql}\n{plan.Plan}");
        });
    }

    private static (LoginFilter Filter, string Index) Case(string name)
    {
        var filter = new LoginFilter(Limit: 50);
        var day = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        var older = new LoginPlace(day.AddSeconds(Rows / 2), long.MaxValue).ToString();
        return name switch
        {
            "none" => (filter, "IX_LoginAttempts_TenantId_At_Id"),
            "account" => (filter with { Account = "user7@example.test" }, "IX_LoginAttempts_TenantId_Account_At_Id"),
            "ip" => (filter with { Ip = "10.0.7.7" }, "IX_LoginAttempts_TenantId_Ip_At_Id"),
            "network" => (filter with { Ip = "10.0.3.0/24" }, "IX_LoginAttempts_TenantId_Network_At_Id"),
            "country" => (filter with { Country = "17" }, "IX_LoginAttempts_TenantId_Country_At_Id"),
            "outcome" => (filter with { Outcome = LoginOutcome.Deactivated }, "IX_LoginAttempts_TenantId_Outcome_At_Id"),
            "suspicious" => (filter with { SuspiciousOnly = true }, "IX_LoginAttempts_Suspicious"),
            "period" => (filter with { From = day, To = day.AddHours(3) }, "IX_LoginAttempts_TenantId_At_Id"),
            "older" => (filter with { Cursor = older }, "IX_LoginAttempts_TenantId_At_Id"),
            "account and older" => (filter with { Account = "user7@example.test", Cursor = older }, "IX_LoginAttempts_TenantId_Account_At_Id"),
            "suspicious and period" => (filter with { SuspiciousOnly = true, From = day, To = day.AddHours(8) }, "IX_LoginAttempts_Suspicious"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }


    /// <summary>Fills each database once: one row a second, 200 accounts, one in fifty suspicious.</summary>
    private static class Filled
    {
        private static readonly Dictionary<CoreHost, TestTenant> Tenants = [];
        private static readonly SemaphoreSlim Turn = new(1, 1);

        public static async Task<TestTenant> GetAsync(CoreHost core)
        {
            await Turn.WaitAsync(Stop);
            try
            {
                if (Tenants.TryGetValue(core, out var known))
                    return known;
                var tenant = await core.NewTenantAsync();
                await using (var db = core.Db.Open(tenant.Id))
                {
                    var start = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).UtcTicks;
                    await db.Database.ExecuteSqlRawAsync(
                        $$"""
                        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {{Rows - 1}})
                        INSERT INTO "LoginAttempts" ("TenantId", "Account", "Way", "Outcome", "At", "Ip", "Network", "Country", "CorrelationId", "Level", "Score", "Flagged", "Undecided")
                        SELECT {0}, 'user' || (i % 200) || '@example.test', 1, CASE WHEN i % 100 = 0 THEN 5 ELSE 1 END, {1} + CAST(i AS BIGINT) * 10000000,
                            '10.0.' || (i % 40) || '.' || (i % 100), '10.0.' || (i % 40) || '.0/24', CAST(10 + i % 90 AS TEXT), '', CASE WHEN i % 50 = 0 THEN 2 ELSE 1 END, 0, 0, 0
                        FROM n
                        """, tenant.Id, start);
                }

                await core.AnalyzeAsync();
                return Tenants[core] = tenant;
            }
            finally
            {
                Turn.Release();
            }
        }
    }

    public sealed class OnSqlite(SqliteCore core) : LoginQueryPlanTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : LoginQueryPlanTests(core), IClassFixture<PostgreSqlCore>;
}
