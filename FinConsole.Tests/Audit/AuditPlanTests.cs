using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>Each condition that an index is for is answered by it, in the log's order and without a sort.</summary>
public abstract class AuditPlanTests(CoreHost core)
{
    private const string Numbers = "by number";
    private const string Times = "TenantId_At_Sequence";

    private static readonly (string Query, string Index)[] Searches =
    [
        ("", Numbers),
        ("action:token.create", "TenantId_Action_Sequence"),
        ("actor:ann@acme.example", "TenantId_ActorName_Sequence"),
        ("actor:0190a000-0000-7000-8000-00000000000a", "TenantId_ActorId_Sequence"),
        ("resource:token", "TenantId_Resource_Sequence"),
        ("resource:\"Thing 7\"", "TenantId_ResourceName_Sequence"),
        ("resource:0190a000-0000-7000-8000-000000000007", "TenantId_ResourceId_Sequence"),
        ("result:failure", "TenantId_Result_Sequence"),
        ("ip:203.0.113.7", "TenantId_Ip_Sequence"),
        ("id:c7", "TenantId_CorrelationId_Sequence"),
        ("id:#7", Numbers),
        ("since:2h", Numbers),
        // Of a period that is most of a small table PostgreSQL reads the table.
        ("until:16h", Numbers),
    ];

    [Fact]
    public async Task Every_indexed_condition_uses_its_index()
    {
        // Listens from here on: what begins to listen hears nothing for a second.
        await core.AnalyzeAsync();
        var tenant = await core.NewTenantAsync();
        var now = core.Time.GetUtcNow();
        await core.AppendAsync(tenant.Id, 6000, number => new AuditShape(
            number % 50 == 0 ? AuditAction.TokenCreate : AuditAction.ProfileUpdate,
            number % 60 == 0 ? "ann@acme.example" : $"member{number % 40}@acme.example",
            number % 60 == 0 ? Guid.Parse("0190a000-0000-7000-8000-00000000000a") : Guid.Parse($"0190a000-0000-7000-8000-{number % 40 + 100:000000000000}"),
            number % 50 == 0 ? AuditResource.Token : AuditResource.Member,
            Guid.Parse($"0190a000-0000-7000-8000-{number % 70:000000000000}"),
            $"Thing {number % 70}",
            number % 80 == 0 ? AuditResult.Failure : AuditResult.Success,
            $"203.0.113.{number % 90}",
            $"c{number % 300}",
            At: now.AddSeconds(10 * (number - 6000))));
        await core.AnalyzeAsync();

        foreach (var (query, index) in Searches)
        {
            var search = AuditSearchParser.Parse(query, new AuditSearchClock(now, TimeZoneInfo.Utc)).Search!;
            var plans = await core.PlansOfAsync(async () =>
            {
                var found = await core.Get<SearchAuditLog>().HandleAsync(search, null, 50, tenant.Reviewer.Actor, Stop);
                Assert.NotEmpty(found.Value!.Items);
                Assert.Null(found.Value.SearchedBackTo);
            });
            var mine = plans.Where(plan => plan.Sql.Contains("FROM \"AuditEntries\"", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(mine);
            // Before the rows come seeks: for names, and for times.
            foreach (var plan in mine)
                Check(query, index == Numbers && !plan.Sql.Contains("Metadata", StringComparison.Ordinal) ? Times : index, plan);
        }
    }

    private static void Check(string query, string index, QueryPlan plan)
    {
        var uses = index == Numbers ? plan.Plan.Contains("PK_AuditEntries", StringComparison.Ordinal) || plan.Plan.Contains("sqlite_autoindex_AuditEntries", StringComparison.Ordinal) : plan.Plan.Contains(index, StringComparison.Ordinal);
        var sorts = plan.Plan.Contains("TEMP B-TREE", StringComparison.OrdinalIgnoreCase) || plan.Plan.Contains("Sort", StringComparison.Ordinal);
        var scans = plan.Plan.Contains("Seq Scan", StringComparison.Ordinal) || plan.Plan.Contains("SCAN a", StringComparison.Ordinal);
        Assert.True(uses && !sorts && !scans, $"{query}\n{plan.Sql}\n{plan.Plan}");
    }

    public sealed class OnSqlite(SqliteCore core) : AuditPlanTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AuditPlanTests(core), IClassFixture<PostgreSqlCore>;
}
