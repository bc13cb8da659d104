using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Recording;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Usage;

/// <summary>Old counts go, in small batches, and nothing else does.</summary>
public abstract class UsageRetentionTests(CoreHost core)
{
    [Fact]
    public async Task Deletes_hours_older_than_400_days_in_batches_and_keeps_the_rest()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        var end = core.Time.GetUtcNow().AddDays(-400);
        var recorder = core.Get<UsageRecorder>();
        for (var hour = 1; hour <= 30; hour++)
        {
            for (var number = 0; number < 50; number++)
                recorder.Use(token, end.AddHours(-hour), endpoint: $"GET /{number}");
        }

        recorder.Use(token, end, endpoint: "GET /kept");
        recorder.Use(token, core.Time.GetUtcNow(), endpoint: "GET /new");
        await core.Get<UsageFlush>().RunAsync(Stop);
        var pauses = 0;

        Assert.Equal(1_500, await RunAsync());
        Assert.Equal(2, pauses);
        Assert.Equal(0, await RunAsync());

        Assert.Equal(["GET /kept", "GET /new"], (await core.HoursAsync(tenant.Id)).Select(row => row.Endpoint));
        Assert.Empty(await core.AuditAsync(tenant.Id));

        Task<int> RunAsync() => core.Get<UsageRetention>().RunAsync(
            _ =>
            {
                pauses++;
                return Task.CompletedTask;
            },
            Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : UsageRetentionTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : UsageRetentionTests(core), IClassFixture<PostgreSqlCore>;
}
