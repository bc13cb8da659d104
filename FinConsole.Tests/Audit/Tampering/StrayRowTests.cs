using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Audit.Verification.Schema;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>Rows that somebody put beside those of all tenants, in every table that has an owner.</summary>
public abstract class StrayRowTests(CoreHost core) : IAsyncLifetime
{
    private static readonly Guid Nobody = new("0190a000-0000-7000-8000-00000000beef");

    // What makes a row of the owner {0}.
    private static readonly Dictionary<string, string> Rows = new()
    {
        ["AuditEntries"] = Copied("AuditEntries", "\"Sequence\" = 1", "TenantId", "Sequence", "At", "Action", "ActorKind", "ActorId", "ActorName", "Resource", "ResourceId", "ResourceName", "Result", "Ip", "UserAgent", "CorrelationId", "Metadata", "Link", "Tag"),
        ["AuditHeads"] = Copied("AuditHeads", "\"Size\" >= 0", "TenantId", "Size", "Link", "Tag", "Epoch"),
        ["AuditAnchors"] = "INSERT INTO \"AuditAnchors\" (\"TenantId\", \"Number\", \"Name\", \"CreatedAt\", \"Size\", \"Link\") SELECT {0}, 1000, \"Name\", \"CreatedAt\", \"Size\", \"Link\" FROM \"AuditAnchors\" WHERE \"Number\" = 1",
        ["AuditVolumes"] = Copied("AuditVolumes", "\"Count\" > 0", "TenantId", "Hour", "Action", "Result", "Count"),
        ["AuditVolumeMarks"] = Copied("AuditVolumeMarks", "\"Sequence\" > 0", "TenantId", "Sequence"),
        ["OnceRecords"] = "INSERT INTO \"OnceRecords\" (\"TenantId\", \"ActorId\", \"Key\", \"Fingerprint\", \"SubjectId\", \"At\") SELECT {0}, \"Id\", 'key', \"Link\", \"Id\", \"CreatedAt\" FROM \"Tenants\", (SELECT \"Link\" FROM \"AuditHeads\" LIMIT 1) AS head LIMIT 1",
    };

    private TestTenant _tenant = null!;

    public static TheoryData<string> Tables => [.. Rows.Keys];

    public async ValueTask InitializeAsync()
    {
        await core.InitializeAsync();
        _tenant = await core.NewTenantAsync();
        await core.AppendAsync(_tenant.Id, 5, _ => new AuditShape());
        await core.Get<FoldAuditVolume>().RunAsync(Stop, threshold: 1);
        Assert.All(await VerifyAsync(), report => Assert.True(report.Verdict.Intact, report.ToString()));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await core.DisposeAsync();
    }

    [Fact]
    public void Every_table_of_the_audit_that_has_an_owner_is_walked()
    {
        using var db = core.Db.OpenForOperator();
        var owned = db.Model.GetEntityTypes().Where(type => type.FindProperty("TenantId") is not null).Select(type => type.GetTableName()!);

        Assert.Equal(owned.Intersect(ExpectedSchema.Tables).Order(), Rows.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_row_of_nobody_is_found(string table)
    {
        Assert.Equal(1, await ExecuteAsync(Rows[table], Nobody));

        var broken = (await VerifyAsync()).Where(report => !report.Verdict.Intact).ToList();

        Assert.Contains(broken, report => report.Name == Nobody.ToString("D") || table == "AuditAnchors");
        if (table is not ("AuditAnchors" or "AuditHeads"))
            Assert.Equal(new ChainReport(Nobody.ToString("D"), false, new AuditVerdict(0, new AuditFault(0, AuditFaultKind.NotRegistered))), Assert.Single(broken));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_row_of_a_tenant_in_another_spelling_is_found_where_ids_are_text(string table)
    {
        if (core.Provider != DatabaseProvider.Sqlite)
            return;
        foreach (var owner in (string[])[_tenant.Id.ToString("D"), _tenant.Id.ToString("N").ToUpperInvariant(), "", "nobody"])
        {
            Assert.Equal(1, await ExecuteAsync(Rows[table], owner));

            Assert.Contains(await VerifyAsync(), report => !report.Verdict.Intact);

            await ExecuteAsync($"DROP TRIGGER IF EXISTS \"AuditEntries_refuse_delete\"; DELETE FROM \"{table}\" WHERE \"TenantId\" = {{0}}", owner);
        }

        Assert.All(await VerifyAsync(), report => Assert.True(report.Verdict.Intact, report.ToString()));
    }

    private async Task<List<ChainReport>> VerifyAsync() =>
        await core.Get<VerifyEveryChain>().HandleAsync(null, Stop).Where(report => report.Verdict.Fault?.Kind != AuditFaultKind.SchemaAltered).ToListAsync(Stop);

    private async Task<int> ExecuteAsync(string sql, object owner)
    {
        await using var db = core.Db.OpenForOperator();
        return await db.Database.ExecuteSqlRawAsync(sql, [owner], Stop);
    }

    private static string Copied(string table, string where, params string[] columns) =>
        $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) SELECT {{0}}, {string.Join(", ", columns.Skip(1).Select(column => $"\"{column}\""))} FROM \"{table}\" WHERE {where} LIMIT 1";

    public sealed class OnSqlite() : StrayRowTests(new SqliteCore());

    public sealed class OnPostgreSql() : StrayRowTests(new PostgreSqlCore());
}
