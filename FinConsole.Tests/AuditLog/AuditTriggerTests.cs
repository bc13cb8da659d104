using System.Data.Common;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.AuditLog;

/// <summary>The database itself keeps the log append-only, whoever holds the connection.</summary>
public abstract class AuditTriggerTests(CoreHost core)
{
    [Fact]
    public async Task Refuses_to_update_an_entry() =>
        await RefusesAsync((db, tenant) => db.Database.ExecuteSqlAsync($"""UPDATE "AuditEntries" SET "ActorName" = 'nobody' WHERE "TenantId" = {tenant} AND "Sequence" = 2""", Stop));

    [Fact]
    public async Task Refuses_to_delete_an_entry() =>
        await RefusesAsync((db, tenant) => db.Database.ExecuteSqlAsync($"""DELETE FROM "AuditEntries" WHERE "TenantId" = {tenant} AND "Sequence" = 3""", Stop));

    [Fact]
    public async Task Refuses_to_empty_the_table() =>
        await RefusesAsync((db, _) => db.Database.ExecuteSqlRawAsync(core.Provider == DatabaseProvider.PostgreSql ? """TRUNCATE "AuditEntries" """ : """DELETE FROM "AuditEntries" """, Stop));

    [Fact]
    public async Task Refuses_to_replace_an_entry() => await RefusesAsync((db, tenant) => core.Provider == DatabaseProvider.PostgreSql
        ? CopyAsync(db, tenant, "INSERT", 2, """ON CONFLICT ("TenantId", "Sequence") DO UPDATE SET "ActorName" = 'nobody'""")
        : CopyAsync(db, tenant, "INSERT OR REPLACE", 2, ""));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1000)]
    public async Task Refuses_an_entry_that_does_not_follow_the_last(long sequence) =>
        await RefusesAsync((db, tenant) => CopyAsync(db, tenant, "INSERT", sequence, ""));

    [Fact]
    public async Task Accepts_the_next_entry()
    {
        var tenant = await TenantWithThreeEntriesAsync();
        await using var db = core.Db.Open(tenant);
        Assert.Equal(1, await CopyAsync(db, tenant, "INSERT", 4, ""));
    }

    // Copies entry 1 under another number: everything about the row is in order but its place.
    private static Task<int> CopyAsync(ConsoleDbContext db, Guid tenant, string insert, long sequence, string conflict)
    {
        var columns = db.Model.FindEntityType(typeof(AuditEntry))!.GetProperties().Select(property => property.Name).Where(name => name != nameof(AuditEntry.Sequence)).ToList();
        var list = string.Join(", ", columns.Select(column => $"\"{column}\""));
        // EF reads {0} and {1} as parameters; nothing here is anybody's input.
        var sql = $$"""{{insert}} INTO "AuditEntries" ("Sequence", {{list}}) SELECT {0}, {{list}} FROM "AuditEntries" WHERE "TenantId" = {1} AND "Sequence" = 1 {{conflict}}""";
        return db.Database.ExecuteSqlRawAsync(sql, [sequence, tenant], Stop);
    }

    private async Task RefusesAsync(Func<ConsoleDbContext, Guid, Task<int>> tamper)
    {
        var tenant = await TenantWithThreeEntriesAsync();
        var before = await core.AuditAsync(tenant);
        await using (var db = core.Db.Open(tenant))
        {
            var refusal = await Assert.ThrowsAnyAsync<DbException>(() => tamper(db, tenant));
            Assert.True(refusal.Message.Contains("append-only", StringComparison.Ordinal) || db.Dialect.IsUniqueViolation(refusal), refusal.Message);
        }

        Assert.Equivalent(before, await core.AuditAsync(tenant), strict: true);
    }

    private async Task<Guid> TenantWithThreeEntriesAsync()
    {
        var tenant = (await core.NewTenantAsync()).Id;
        for (var i = 0; i < 3; i++)
        {
            await using var transaction = await core.Get<AuditedTransactions>().BeginUnguardedAsync(Actor.System(tenant, "test"), Stop);
            transaction.Audit(AuditAction.ProfileUpdate, new AuditSubject(AuditResource.Console, null, "Test"), new AuditDetails());
            await transaction.CommitAsync(Stop);
        }

        return tenant;
    }

    public sealed class OnSqlite(SqliteCore core) : AuditTriggerTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AuditTriggerTests(core), IClassFixture<PostgreSqlCore>;
}
