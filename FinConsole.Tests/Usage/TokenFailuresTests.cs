using FinConsole.Core.AuditLog;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Usage.Failures;
using FinConsole.Core.Usage.Recording;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace FinConsole.Tests.Usage;

/// <summary>Refusals of known tokens: one audit entry a token, reason, address and hour.</summary>
public abstract class TokenFailuresTests(CoreHost core)
{
    private static readonly RequestOrigin One = new("203.0.113.7", "curl/8", "a");
    private static readonly RequestOrigin Other = new("203.0.113.8", null, "b");

    [Fact]
    public async Task An_hour_of_refusals_becomes_one_entry_a_token_reason_and_address_when_it_is_over()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        StartOfHour();
        var hour = core.Time.GetUtcNow();
        var failures = core.Get<TokenFailures>();
        for (var number = 0; number < 1000; number++)
            failures.Note(token.Id, tenant.Id, TokenFailureReason.Disabled, One);
        await core.Get<UsageFlush>().RunAsync(Stop);
        core.Time.Advance(TimeSpan.FromMinutes(30));
        failures.Note(token.Id, tenant.Id, TokenFailureReason.Disabled, One);
        failures.Note(token.Id, tenant.Id, TokenFailureReason.Disabled, Other);
        failures.Note(token.Id, tenant.Id, TokenFailureReason.ScopeMissing, One);
        await core.Get<UsageFlush>().RunAsync(Stop);

        Assert.Empty(await core.AuditOfAsync(tenant.Id, WriteAsync));
        core.Time.Advance(TimeSpan.FromMinutes(30) + AuditTokenFailures.Settling - TimeSpan.FromTicks(1));
        Assert.Empty(await core.AuditOfAsync(tenant.Id, WriteAsync));
        core.Time.Advance(TimeSpan.FromTicks(1));
        var entries = await core.AuditOfAsync(tenant.Id, WriteAsync);

        Assert.Equal(
            [
                ("203.0.113.7", $$"""{"reason":"Disabled","count":1001,"hour":"{{hour:yyyy-MM-dd'T'HH}}:00:00Z"}"""),
                ("203.0.113.8", $$"""{"reason":"Disabled","count":1,"hour":"{{hour:yyyy-MM-dd'T'HH}}:00:00Z"}"""),
                ("203.0.113.7", $$"""{"reason":"ScopeMissing","count":1,"hour":"{{hour:yyyy-MM-dd'T'HH}}:00:00Z"}"""),
            ],
            entries.Select(entry => (entry.Ip!, entry.Metadata)));
        Assert.All(entries, entry => Assert.Equal(
            (AuditAction.TokenRefuse, AuditResult.Failure, ActorKind.Token, token.Id, token.Name, (Guid?)token.Id),
            (entry.Action, entry.Result, entry.ActorKind, entry.ActorId, entry.ActorName, entry.ResourceId)));
        Assert.Empty(await core.FailuresAsync(tenant.Id));
        Assert.Empty(await core.AuditOfAsync(tenant.Id, WriteAsync));
    }

    [Fact]
    public async Task Several_instances_count_into_one_entry_and_write_it_once()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        await using var second = core.NewInstance();
        StartOfHour();
        core.Get<TokenFailures>().Note(token.Id, tenant.Id, TokenFailureReason.IpNotAllowed, One);
        second.GetRequiredService<TokenFailures>().Note(token.Id, tenant.Id, TokenFailureReason.IpNotAllowed, One);
        await Task.WhenAll(core.Get<UsageFlush>().RunAsync(Stop), second.GetRequiredService<UsageFlush>().RunAsync(Stop));
        core.Time.Advance(TimeSpan.FromHours(2));

        var entries = await core.AuditOfAsync(
            tenant.Id, () => Task.WhenAll(new[] { core.Get<AuditTokenFailures>(), second.GetRequiredService<AuditTokenFailures>() }.Select(each => Task.Run(() => each.RunAsync(Stop), Stop))));

        Assert.Contains("\"count\":2", Assert.Single(entries).Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_s_addresses_are_told_apart_up_to_a_bound_and_all_are_counted()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.AddTokenAsync(tenant);
        StartOfHour();
        for (var number = 0; number < 100; number++)
            core.Get<TokenFailures>().Note(token.Id, tenant.Id, TokenFailureReason.Disabled, new RequestOrigin($"10.0.0.{number}", null, ""));
        await core.Get<UsageFlush>().RunAsync(Stop);

        var rows = await core.FailuresAsync(tenant.Id);
        Assert.Equal((UsageBacklog.MostAddresses + 1, 100L), (rows.Count, rows.Sum(row => row.Count)));
        Assert.Equal(100 - UsageBacklog.MostAddresses, rows.Single(row => row.Ip.Length == 0).Count);
    }

    [Fact]
    public async Task An_ended_token_is_reported_to_login_history_off_the_request_s_path_once_an_hour_and_address()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.MakeTokenAsync(tenant);
        await core.TryInvalidateAsync(tenant, token.Token.Id);
        await using var instance = core.NewInstance();
        var reports = instance.GetServices<IHostedService>().OfType<RetiredTokenReports>().Single();
        await reports.StartAsync(Stop);
        var failures = instance.GetRequiredService<TokenFailures>();
        for (var number = 0; number < 500; number++)
            failures.Note(token.Token.Id, tenant.Id, TokenFailureReason.Ended, One);
        failures.Note(token.Token.Id, tenant.Id, TokenFailureReason.Disabled, Other);
        failures.Note(token.Token.Id, tenant.Id, TokenFailureReason.Ended, Other);

        await WaitForAsync(async () => (await RetiredAsync(tenant)).Count == 2);
        await reports.StopAsync(Stop);

        Assert.Equal(["203.0.113.7", "203.0.113.8"], (await RetiredAsync(tenant)).Select(attempt => attempt.Ip).Order());
    }

    [Fact]
    public async Task All_addresses_of_one_customer_s_IPv6_network_are_one_report()
    {
        var tenant = await core.NewTenantAsync();
        var token = (await core.MakeTokenAsync(tenant)).Token.Id;
        var failures = new TokenFailures(core.Time);

        foreach (var address in (string[])["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:ffff::", "2001:db8:1:3::1"])
            failures.Note(token, tenant.Id, TokenFailureReason.Ended, One with { Ip = address });

        var reported = new List<string?>();
        while (failures.Reports.TryRead(out var report))
            reported.Add(report.Origin.Ip);
        Assert.Equal(["2001:db8:1:2::1", "2001:db8:1:3::1"], reported);
    }

    private static async Task WaitForAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
            await Task.Delay(20, Stop);
    }

    private async Task<List<LoginAttempt>> RetiredAsync(TestTenant tenant) =>
        [.. (await core.AttemptsAsync(tenant.Id)).Where(attempt => attempt.Outcome == LoginOutcome.RetiredToken)];

    private Task WriteAsync() => core.Get<AuditTokenFailures>().RunAsync(Stop);

    private void StartOfHour()
    {
        var now = core.Time.GetUtcNow();
        core.Time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerHour - (now.UtcTicks % TimeSpan.TicksPerHour)));
    }

    public sealed class OnSqlite(SqliteCore core) : TokenFailuresTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TokenFailuresTests(core), IClassFixture<PostgreSqlCore>;
}
