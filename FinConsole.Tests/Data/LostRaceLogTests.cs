using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Core.UseCases;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>A race that a unique index decides has a winner and others, and none of them is an error.</summary>
public abstract class LostRaceLogTests(CoreHost core)
{
    private const int Many = 16;

    [Fact]
    public async Task Who_loses_a_race_is_not_logged_as_an_error()
    {
        using var logs = new CollectedLogs();
        await using var instance = core.NewInstance(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(logs)));
        var tenant = await core.NewTenantAsync();

        var created = await AtOnceAsync(() => instance.GetRequiredService<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(tenant), tenant.Developer.Actor, Stop));
        var invited = await AtOnceAsync(() =>
            instance.GetRequiredService<InviteMember>().HandleAsync(new InviteMemberRequest("new@example.com", null, Role.Developer), tenant.Admin.Actor, Stop));
        await AtOnceAsync(async () =>
        {
            await instance.GetRequiredService<OperatorChain>().EnsureAsync(Stop);
            return true;
        });
        await AtOnceAsync(() => BreakAsync(instance, tenant));

        Assert.Single(created, result => result.Succeeded);
        Assert.Single(invited, result => result.Succeeded);
        // Lost for certain: sixteen rows of one key, of which one was written.
        Assert.Contains(logs.Entries, entry => entry.Message.StartsWith("A unique index refused a row", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_failure_that_nobody_expects_is_logged_as_an_error()
    {
        using var logs = new CollectedLogs();
        await using var instance = core.NewInstance(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(logs)));
        await using var db = instance.GetRequiredService<ConsoleDb>().OpenForOperator();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("DELETE FROM \"NoSuchTable\"", Stop));

        var entry = Assert.Single(logs.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.Contains("NoSuchTable", entry.Message, StringComparison.Ordinal);
    }

    // A row of one key in a transaction of its own, as use cases write theirs: true for the one whose row it is.
    private static async Task<bool> BreakAsync(ServiceProvider instance, TestTenant tenant)
    {
        var begun = await instance.GetRequiredService<AuditedTransactions>().BeginUnguardedAsync(Actor.System(tenant.Id, "test"), Stop);
        await using var transaction = begun;
        transaction.Db.Add(new Core.Data.KeyRing.InstanceFact { Name = $"race-{tenant.Id:N}", Value = "won" });
        var won = await transaction.TrySaveAsync(Stop);
        if (won)
            transaction.Audit(AuditAction.TenantOnboard, new AuditSubject(AuditResource.Tenant, tenant.Id, tenant.Name), new AuditDetails());
        if (won)
            await transaction.CommitAsync(Stop);
        return won;
    }

    private static Task<T[]> AtOnceAsync<T>(Func<Task<T>> act) => Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Task.Run(act)));

    public sealed class OnSqlite(SqliteCore core) : LostRaceLogTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : LostRaceLogTests(core), IClassFixture<PostgreSqlCore>;
}
