using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Data;

public sealed class DatabaseReadinessTestsOnSqlite(SqliteCore core) : DatabaseReadinessTests(core), IClassFixture<SqliteCore>;

public sealed class DatabaseReadinessTestsOnPostgreSql(PostgreSqlCore core) : DatabaseReadinessTests(core), IClassFixture<PostgreSqlCore>;

public abstract class DatabaseReadinessTests(CoreHost core)
{
    [Fact]
    public async Task Is_ready_with_this_programs_schema_alone_and_keeps_its_answer_for_a_second()
    {
        await using var instance = core.NewInstance();
        var readiness = instance.GetRequiredService<DatabaseReadiness>();
        Assert.True(await readiness.IsReadyAsync());

        await using var db = core.Db.OpenForOperator();
        var last = (await db.Database.GetAppliedMigrationsAsync(Stop)).Last();
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = {last}""", Stop);
        Assert.True(await readiness.IsReadyAsync());
        core.Time.Advance(DatabaseReadiness.KeptFor);
        Assert.False(await readiness.IsReadyAsync());

        await db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ({last}, 'test')""", Stop);
        core.Time.Advance(DatabaseReadiness.KeptFor);
        Assert.True(await readiness.IsReadyAsync());
    }
}
