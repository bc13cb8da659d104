using System.Data.Common;
using FinConsole.Core.Data.PostgreSql;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Recording;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace FinConsole.Tests.Usage;

/// <summary>From counters in memory to rows that all instances add to.</summary>
public abstract class UsageFlushTests(CoreHost core)
{
    private DateTimeOffset Now => core.Time.GetUtcNow();

    [Fact]
    public async Task Counts_by_hour_token_endpoint_status_class_and_country()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        var recorder = core.Get<UsageRecorder>();
        recorder.Use(token, Now, times: 3);
        recorder.Use(token, Now, 404);
        recorder.Use(token, Now, 499);
        recorder.Use(token, Now, 302);
        recorder.Use(token, Now, 503);
        recorder.Use(token, Now, UsageEvent.VerificationOnly, "GET /api/v1/authorize");
        recorder.Use(token, Now, ip: TestPlaces.Japan);
        recorder.Use(token, Now.AddHours(1));

        await core.Get<UsageFlush>().RunAsync(Stop);
        await core.Get<UsageFlush>().RunAsync(Stop);

        var hours = (await core.HoursAsync(tenant.Id)).Select(row => (row.Hour, row.Endpoint, row.Status, row.Country, row.Count)).ToHashSet();
        var hour = (int)(Now - DateTimeOffset.UnixEpoch).TotalHours;
        Assert.Equal(
            new HashSet<(int, string, UsageStatus, string, long)>
            {
                (hour, UsageActs.Whoami, UsageStatus.Success, "DE", 3),
                (hour, UsageActs.Whoami, UsageStatus.ClientError, "DE", 2),
                (hour, UsageActs.Whoami, UsageStatus.Redirect, "DE", 1),
                (hour, UsageActs.Whoami, UsageStatus.ServerError, "DE", 1),
                (hour, "GET /api/v1/authorize", UsageStatus.Verified, "DE", 1),
                (hour, UsageActs.Whoami, UsageStatus.Success, "JP", 1),
                (hour + 1, UsageActs.Whoami, UsageStatus.Success, "DE", 1),
            },
            hours);
        Assert.Empty(await core.AuditAsync(tenant.Id));
    }

    [Fact]
    public async Task Several_instances_add_to_the_same_rows()
    {
        var tenant = await core.NewTenantAsync();
        var tokens = new[] { await core.AddTokenAsync(tenant, "one"), await core.AddTokenAsync(tenant, "two"), await core.AddTokenAsync(tenant, "three") };
        var instances = Enumerable.Range(0, 3).Select(_ => core.NewInstance()).ToList();

        await Task.WhenAll(instances.Select((instance, number) => Task.Run(
            async () =>
            {
                for (var round = 0; round < 10; round++)
                {
                    // Each in another order: what they lock, they lock in one.
                    foreach (var token in number % 2 == 0 ? tokens : tokens.Reverse())
                        instance.GetRequiredService<UsageRecorder>().Use(token, Now, scope: "read:payments", times: 2);
                    await instance.GetRequiredService<UsageFlush>().RunAsync(Stop);
                }
            },
            Stop)));

        Assert.Equal([60L, 60L, 60L], (await core.HoursAsync(tenant.Id)).Select(row => row.Count));
        foreach (var instance in instances)
            await instance.DisposeAsync();
    }

    [Fact]
    public async Task The_last_use_only_moves_forward()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        await using var other = core.NewInstance();
        core.Get<UsageRecorder>().Use(token, Now, ip: "203.0.113.8");
        core.Get<UsageRecorder>().Use(token, Now.AddMinutes(2), ip: "203.0.113.9", endpoint: "GET /late");
        core.Get<UsageRecorder>().Use(token, Now.AddMinutes(1), ip: "203.0.113.10");
        await core.Get<UsageFlush>().RunAsync(Stop);

        other.GetRequiredService<UsageRecorder>().Use(token, Now.AddMinutes(1), ip: "203.0.113.11");
        await other.GetRequiredService<UsageFlush>().RunAsync(Stop);

        var row = await core.ReadAsync(token);
        Assert.Equal((Now.AddMinutes(2), "203.0.113.9", "GET /late"), (row.LastUsedAt, row.LastUsedIp, row.LastUsedEndpoint));
    }

    [Fact]
    public async Task A_refused_token_is_counted_but_not_used()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        core.Get<UsageRecorder>().Use(token, Now, 403, accepted: false, scope: "read:payments");
        await core.Get<UsageFlush>().RunAsync(Stop);

        Assert.Equal(UsageStatus.ClientError, Assert.Single(await core.HoursAsync(tenant.Id)).Status);
        Assert.Null((await core.ReadAsync(token)).LastUsedAt);
    }

    [Fact]
    public async Task An_address_that_nobody_knows_leaves_none()
    {
        var token = await core.AddTokenAsync(await core.NewTenantAsync());
        await core.UseAsync(token, ip: null);
        var row = await core.ReadAsync(token);
        Assert.Equal((Now, null), (row.LastUsedAt!.Value, row.LastUsedIp));
    }

    [Fact]
    public async Task What_cannot_be_written_is_kept_and_written_once_when_the_database_is_back()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        var line = new Line();
        await using var instance = core.NewInstance(line.AddTo);
        var (recorder, flush) = (instance.GetRequiredService<UsageRecorder>(), instance.GetRequiredService<UsageFlush>());
        recorder.Use(token, Now, times: 2);
        line.Cut = true;
        await Assert.ThrowsAnyAsync<Exception>(() => flush.RunAsync(Stop));
        recorder.Use(token, Now, times: 3);
        core.Time.Advance(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<Exception>(() => flush.RunAsync(Stop));
        Assert.Equal((5L, TimeSpan.FromSeconds(20)), (flush.Waiting, flush.Lag));

        line.Cut = false;
        await flush.RunAsync(Stop);

        Assert.Equal(5, Assert.Single(await core.HoursAsync(tenant.Id)).Count);
        Assert.Equal((0L, TimeSpan.Zero, 0L), (flush.Waiting, flush.Lag, flush.Lost));
    }

    [Fact]
    public async Task A_graceful_stop_writes_everything()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        await using var instance = core.NewInstance();
        var upkeep = instance.GetServices<IHostedService>().OfType<UsageWorker>().Single();
        await upkeep.StartAsync(Stop);
        instance.GetRequiredService<UsageRecorder>().Use(token, Now, times: 7);

        await upkeep.StopAsync(Stop);

        Assert.Equal(7, Assert.Single(await core.HoursAsync(tenant.Id)).Count);
    }

    [Fact]
    public async Task Counts_as_lost_what_finds_no_room_and_nothing_else()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        await using var instance = core.NewInstance();
        var (recorder, flush) = (instance.GetRequiredService<UsageRecorder>(), instance.GetRequiredService<UsageFlush>());
        for (var number = 0; number < UsageRecorder.MostKeys; number++)
            recorder.Use(token, Now, ip: $"10.{number / 65536}.{number / 256 % 256}.{number % 256}");
        recorder.Use(token, Now, ip: "203.0.113.8", times: 4);
        Assert.Equal(0, recorder.Lost);
        for (var number = 1; number < UsageRecorder.Reserve; number++)
            recorder.Use(token, Now, endpoint: $"GET /{number}", ip: "203.0.113.8");
        recorder.Use(token, Now, endpoint: "GET /one-too-many", times: 3);
        Assert.Equal(3, recorder.Lost);

        await flush.RunAsync(Stop);

        Assert.Equal(3, flush.Lost);
        Assert.Equal(UsageRecorder.MostKeys + 4 + UsageRecorder.Reserve - 1, (await core.HoursAsync(tenant.Id)).Sum(row => row.Count));
    }

    [Fact]
    public async Task An_endless_endpoint_is_cut_and_holds_nothing_up()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        await core.UseAsync(token, endpoint: "GET /" + new string('x', 500));
        Assert.Equal(120, Assert.Single(await core.HoursAsync(tenant.Id)).Endpoint.Length);
    }

    /// <summary>The line to the database, which a test cuts.</summary>
    private sealed class Line : DbCommandInterceptor
    {
        public bool Cut { get; set; }

        public void AddTo(IServiceCollection services) => services
            .ConfigureDbContext<SqliteConsoleDbContext>(options => options.AddInterceptors(this))
            .ConfigureDbContext<PostgreSqlConsoleDbContext>(options => options.AddInterceptors(this));

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Cut && command.CommandText.Contains("UsageHours", StringComparison.Ordinal) ? throw new IOException("The line is cut.") : ValueTask.FromResult(result);
    }

    public sealed class OnSqlite(SqliteCore core) : UsageFlushTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : UsageFlushTests(core), IClassFixture<PostgreSqlCore>;
}
