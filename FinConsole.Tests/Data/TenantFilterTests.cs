using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>A context shows one tenant's rows, whoever had it before.</summary>
public abstract class TenantFilterTests(CoreHost core)
{
    [Fact]
    public async Task A_pooled_context_carries_no_tenant_over_to_its_next_use()
    {
        var one = await core.NewTenantAsync();
        var other = await core.NewTenantAsync();
        var reused = false;
        ConsoleDbContext? last = null;
        for (var round = 0; round < 20; round++)
        {
            var tenant = round % 2 == 0 ? one : other;
            await using var db = core.Db.Open(tenant.Id);
            reused |= ReferenceEquals(last, db);
            last = db;

            var seen = await db.Set<ConsoleUser>().Select(member => member.TenantId).Distinct().ToListAsync(Stop);
            Assert.Equal([tenant.Id], seen);
            Assert.Equal(4, await db.Set<ConsoleUser>().CountAsync(Stop));
        }

        // Without reuse this would have shown nothing.
        Assert.True(reused);
    }

    [Fact]
    public async Task A_context_of_nobodys_shows_nothing_of_any_tenant_even_after_one()
    {
        var tenant = await core.NewTenantAsync();
        await using (var db = core.Db.Open(tenant.Id))
            Assert.NotEmpty(await db.Set<MemberSession>().ToListAsync(Stop));

        await using var nobodys = core.Db.OpenForOperator();
        Assert.Empty(await nobodys.Set<ConsoleUser>().ToListAsync(Stop));
        Assert.Empty(await nobodys.Set<MemberSession>().ToListAsync(Stop));
        Assert.NotEmpty(await nobodys.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).ToListAsync(Stop));
    }

    [Fact]
    public async Task Foreign_rows_are_out_of_reach_of_updates_and_deletes_by_id()
    {
        var mine = await core.NewTenantAsync();
        var theirs = await core.NewTenantAsync();
        await using var db = core.Db.Open(mine.Id);

        Assert.Equal(0, await db.Set<ConsoleUser>().Where(member => member.Id == theirs.Admin.Id).ExecuteUpdateAsync(set => set.SetProperty(member => member.DisplayName, "x"), Stop));
        Assert.Equal(0, await db.Set<MemberSession>().Where(session => session.MemberId == theirs.Admin.Id).ExecuteDeleteAsync(Stop));
    }

    [Fact]
    public async Task A_row_cannot_refer_to_another_tenants_member()
    {
        var mine = await core.NewTenantAsync();
        var theirs = await core.NewTenantAsync();
        await using var db = core.Db.Open(mine.Id);
        db.Add(new MemberSession { Id = Guid.NewGuid(), TenantId = mine.Id, MemberId = theirs.Admin.Id, CreatedAt = core.Time.GetUtcNow(), ExpiresAt = core.Time.GetUtcNow() });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));
    }

    [Fact]
    public void Every_entity_that_a_tenant_owns_has_the_filter_and_every_entity_with_a_tenant_is_owned()
    {
        using var db = core.Db.OpenForOperator();
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var owned = typeof(ITenantOwned).IsAssignableFrom(entity.ClrType);
            Assert.Equal(owned, entity.GetDeclaredQueryFilters().Any(filter => filter.Key == ConsoleDbContext.TenantFilter));
            // Changes are the program's own notices, read by every instance for all tenants; anchors are the register of all tenants' chains.
            if (entity.FindProperty("TenantId") is not null && entity.ClrType != typeof(FinConsole.Core.Data.Changes.Change) && entity.ClrType != typeof(AuditAnchor))
                Assert.True(owned, entity.Name);
        }
    }

    public sealed class OnSqlite(SqliteCore core) : TenantFilterTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TenantFilterTests(core), IClassFixture<PostgreSqlCore>;
}
