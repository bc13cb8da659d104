using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>What the program does by itself: it writes ends down, and reminds.</summary>
public abstract class TokenWorkerTests(CoreHost core)
{
    [Fact]
    public async Task The_sweep_writes_each_end_down_once_with_its_true_time()
    {
        var tenant = await core.NewTenantAsync();
        var lost = await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "lost"));
        var expired = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "expired") with { Expiry = TokenExpiry.Hours24 });
        var rotated = await core.MakeTokenAsync(tenant, "rotated");
        await core.RotateAsync(tenant, rotated.Token.Id, TokenOverlap.Hour1);
        var overlapEnd = core.Time.GetUtcNow().AddHours(1);
        await core.MakeTokenAsync(tenant, "fine");
        core.Time.Advance(TimeSpan.FromDays(3));

        var entries = await core.AuditOfAsync(tenant.Id, async () =>
        {
            await core.Get<TokenSweep>().RunAsync(Stop);
            await core.Get<TokenSweep>().RunAsync(Stop);
        });

        Assert.Equal(
            new[] { (AuditAction.TokenVoid, lost.Token.Id), (AuditAction.TokenExpire, expired.Token.Id), (AuditAction.TokenRetire, rotated.Token.Id) }.ToHashSet(),
            entries.Select(entry => (entry.Action, entry.ResourceId!.Value)).ToHashSet());
        Assert.Equal(3, entries.Count);
        Assert.All(entries, entry => Assert.Equal((ActorKind.System, "token sweep"), (entry.ActorKind, entry.ActorName)));
        Assert.Equal((TokenEnd.Void, lost.Token.PendingUntil), await EndOfAsync(tenant, lost));
        Assert.Equal((TokenEnd.Expired, expired.Token.ExpiresAt), await EndOfAsync(tenant, expired));
        Assert.Equal((TokenEnd.Retired, overlapEnd), await EndOfAsync(tenant, rotated));
    }

    [Fact]
    public async Task The_sweep_ends_nothing_a_moment_too_early()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakePendingAsync(tenant);
        core.Time.Advance(ApiToken.PendingLimit - TimeSpan.FromTicks(1));
        Assert.Empty(await core.AuditOfAsync(tenant.Id, () => core.Get<TokenSweep>().RunAsync(Stop)));
    }

    [Fact]
    public async Task Several_instances_sweeping_at_once_write_each_end_once()
    {
        var tenant = await core.NewTenantAsync();
        for (var number = 0; number < 5; number++)
            await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, $"Lost {number}"));
        core.Time.Advance(ApiToken.PendingLimit);
        var entries = await core.AuditOfAsync(tenant.Id, () => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => core.Get<TokenSweep>().RunAsync(Stop)))));
        Assert.Equal(5, entries.Count);
        Assert.Equal(5, entries.Select(entry => entry.ResourceId).Distinct().Count());
    }

    [Fact]
    public async Task Reminds_at_fourteen_seven_three_and_one_days_and_no_day_twice()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant) with { Expiry = TokenExpiry.Month1 });
        var expected = new Dictionary<double, string>
        {
            [14.01] = "",
            [14] = "14",
            [13.9] = "",
            [7.01] = "",
            [7] = "7",
            [6.9] = "",
            [3.01] = "",
            [3] = "3",
            [2.9] = "",
            [1.01] = "",
            [1] = "1",
            [0.9] = "",
            [0.01] = "",
            [0] = "",
        };
        foreach (var (daysLeft, days) in expected)
        {
            core.Time.Advance(made.Token.ExpiresAt.AddDays(-daysLeft) - core.Time.GetUtcNow());
            var entries = await core.AuditOfAsync(tenant.Id, RemindTwiceAsync);
            Assert.Equal(days, string.Join(' ', entries.Select(entry => System.Text.Json.JsonDocument.Parse(entry.Metadata).RootElement.GetProperty("daysLeft").GetInt32())));
            Assert.All(entries, entry => Assert.Equal((AuditAction.TokenRemind, made.Token.Id), (entry.Action, entry.ResourceId)));
        }
    }

    [Fact]
    public async Task A_late_run_sends_the_nearest_reminder_alone()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant) with { Expiry = TokenExpiry.Month1 });
        core.Time.Advance(made.Token.ExpiresAt.AddDays(-2.5) - core.Time.GetUtcNow());
        Assert.Contains("\"daysLeft\":3", Assert.Single(await core.AuditOfAsync(tenant.Id, RemindTwiceAsync)).Metadata, StringComparison.Ordinal);
        core.Time.Advance(TimeSpan.FromDays(1.5));
        Assert.Contains("\"daysLeft\":1", Assert.Single(await core.AuditOfAsync(tenant.Id, RemindTwiceAsync)).Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminds_nobody_of_tokens_that_need_no_rotating()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "short") with { Expiry = TokenExpiry.Hours24 });
        var month = TokenSteps.RequestFor(tenant) with { Expiry = TokenExpiry.Month1 };
        var invalidated = await core.MakeTokenAsync(tenant, month with { Name = "invalidated" });
        await core.TryInvalidateAsync(tenant, invalidated.Token.Id);
        var rotated = await core.MakeTokenAsync(tenant, month with { Name = "rotated" });
        core.Time.Advance(TimeSpan.FromHours(23));
        Assert.Empty(await core.AuditOfAsync(tenant.Id, RemindTwiceAsync));

        core.Time.Advance(TimeSpan.FromDays(26));
        var successor = await core.RotateAsync(tenant, rotated.Token.Id, TokenOverlap.Days7);
        Assert.Empty(await core.AuditOfAsync(tenant.Id, RemindTwiceAsync));
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, successor.Token.Id));
    }

    [Fact]
    public async Task Writes_to_the_creator_and_the_admins_who_can_sign_in()
    {
        var tenant = await core.NewTenantAsync();
        var left = await core.NewMemberAsync(tenant.Id, Role.TenantAdmin, $"left@{tenant.Id:N}.example");
        await core.ChangeAsync(left, row => row.DeactivatedAt = core.Time.GetUtcNow());
        var made = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "Till & <b>Co</b>") with { Expiry = TokenExpiry.Month1 });
        core.Time.Advance(made.Token.ExpiresAt.AddDays(-14) - core.Time.GetUtcNow());

        var mailbox = await core.OpenMailboxAsync();
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => core.Get<ExpiryReminders>().RunAsync(Stop)));

        Assert.Contains("\"count\":2", entry.Metadata, StringComparison.Ordinal);
        await mailbox.WaitForAsync(tenant.Admin.Email, "“Till & <b>Co</b>”", Stop);
        await mailbox.WaitForAsync(tenant.Admin.Email, "/settings/api-connections/tokens", Stop);
        await mailbox.WaitForAsync(tenant.Developer.Email, "/settings/api-connections/tokens", Stop);
        Assert.False(mailbox.Holds(left.Email));
        Assert.False(mailbox.Holds(tenant.Reviewer.Email));
    }

    private async Task RemindTwiceAsync()
    {
        await core.Get<ExpiryReminders>().RunAsync(Stop);
        await core.Get<ExpiryReminders>().RunAsync(Stop);
    }

    private async Task<(TokenEnd?, DateTimeOffset?)> EndOfAsync(TestTenant tenant, NewApiToken made)
    {
        var row = await core.ReadTokenAsync(tenant, made.Token.Id);
        return (row.EndReason, row.EndedAt);
    }

    public sealed class OnSqlite(SqliteCore core) : TokenWorkerTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TokenWorkerTests(core), IClassFixture<PostgreSqlCore>;
}
