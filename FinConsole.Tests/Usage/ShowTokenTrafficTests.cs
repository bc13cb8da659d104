using FinConsole.Core.ApiTokens;
using FinConsole.Core.Usage.Recording;
using FinConsole.Core.Usage.Reports;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Usage;

/// <summary>What tokens do at present: the blast radius, unused scopes, and whether an old token may go.</summary>
public abstract class ShowTokenTrafficTests(CoreHost core)
{
    private DateTimeOffset Now => core.Time.GetUtcNow();

    [Fact]
    public async Task Tells_the_requests_of_24_hours_and_the_last_use()
    {
        var tenant = await core.NewTenantAsync();
        var (busy, idle) = (await core.AddTokenAsync(tenant), await core.AddTokenAsync(tenant, "Idle"));
        core.Get<UsageRecorder>().Use(busy, Now.AddHours(-25), times: 50);
        core.Get<UsageRecorder>().Use(busy, Now.AddHours(-23), times: 5);
        core.Get<UsageRecorder>().Use(busy, Now, 404, times: 2, endpoint: "GET /payments", ip: TestPlaces.Japan);
        await core.Get<UsageFlush>().RunAsync(Stop);

        var traffic = await ShowAsync(tenant, busy.Id, idle.Id);

        Assert.Equal((new UsageCounts(5, 0, 2, 0, 0), Now, TestPlaces.Japan, "GET /payments"), (traffic[busy.Id].LastDay, traffic[busy.Id].LastUsedAt, traffic[busy.Id].LastIp, traffic[busy.Id].LastEndpoint));
        Assert.Equal((default, null, null, null), (traffic[idle.Id].LastDay, traffic[idle.Id].LastUsedAt, traffic[idle.Id].LastIp, traffic[idle.Id].LastEndpoint));
    }

    [Fact]
    public async Task Leaves_another_tenant_s_token_out()
    {
        var theirs = await core.AddTokenAsync(await core.NewTenantAsync());
        await core.UseAsync(theirs);
        Assert.Empty(await ShowAsync(await core.NewTenantAsync(), theirs.Id));
    }

    [Fact]
    public async Task Names_scopes_that_were_not_used_for_30_days_once_the_token_is_that_old()
    {
        var tenant = await core.NewTenantAsync();
        var made = Now;
        var token = await core.AddTokenAsync(tenant, change: row => row.Scopes = "read:* read:reports write:limited read:audit");
        await core.UseAsync(token, scope: "write:limited");
        core.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.Empty((await ShowAsync(tenant, token.Id))[token.Id].UnusedScopes);

        core.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromTicks(1));
        Assert.Equal(["read:*", "read:reports", "write:limited", "read:audit"], (await ShowAsync(tenant, token.Id))[token.Id].UnusedScopes);

        // What was asked for is covered by what the token has, and by that alone.
        await core.UseAsync(token, scope: "read:payments");
        Assert.Equal(["read:reports", "write:limited", "read:audit"], (await ShowAsync(tenant, token.Id))[token.Id].UnusedScopes);
        await core.UseAsync(token, scope: "read:audit");
        Assert.Equal(["read:reports", "write:limited"], (await ShowAsync(tenant, token.Id))[token.Id].UnusedScopes);
        Assert.True(Now > made);
    }

    [Fact]
    public async Task An_old_token_is_safe_to_retire_when_it_was_quiet_for_an_hour_and_the_new_one_is_used()
    {
        var tenant = await core.NewTenantAsync();
        var (old, fresh) = await RotateAsync(tenant, TokenOverlap.Hours24);
        Assert.Equal((0L, 0L, TimeSpan.FromHours(1), false), await ProgressAsync(tenant, fresh));

        await core.UseAsync(old, times: 3);
        core.Time.Advance(TimeSpan.FromMinutes(10));
        await core.UseAsync(fresh, times: 2);
        Assert.Equal((3L, 2L, TimeSpan.FromHours(1), false), await ProgressAsync(tenant, fresh));

        core.Time.Advance(TimeSpan.FromMinutes(50) - TimeSpan.FromTicks(1));
        Assert.False((await ProgressAsync(tenant, fresh)).Safe);
        core.Time.Advance(TimeSpan.FromTicks(1));
        Assert.True((await ProgressAsync(tenant, fresh)).Safe);

        await core.UseAsync(old);
        Assert.Equal((4L, 2L, TimeSpan.FromHours(1), false), await ProgressAsync(tenant, fresh));
    }

    [Fact]
    public async Task An_old_token_is_not_safe_to_retire_while_nobody_uses_the_new_one()
    {
        var tenant = await core.NewTenantAsync();
        var (_, fresh) = await RotateAsync(tenant, TokenOverlap.Hours24);
        core.Time.Advance(TimeSpan.FromHours(20));
        Assert.False((await ProgressAsync(tenant, fresh)).Safe);
        core.Get<UsageRecorder>().Use(fresh, Now, 403, accepted: false);
        await core.Get<UsageFlush>().RunAsync(Stop);
        Assert.False((await ProgressAsync(tenant, fresh)).Safe);
        await core.UseAsync(fresh);
        Assert.True((await ProgressAsync(tenant, fresh)).Safe);
    }

    [Fact]
    public async Task Traffic_before_the_successor_was_saved_is_not_the_rotation_s()
    {
        var tenant = await core.NewTenantAsync();
        var (old, fresh) = await RotateAsync(tenant, TokenOverlap.Hours24);
        core.Get<UsageRecorder>().Use(old, Now.AddHours(-2), times: 99);
        await core.Get<UsageFlush>().RunAsync(Stop);
        Assert.Equal(0, (await ProgressAsync(tenant, fresh)).Old);
    }

    [Fact]
    public async Task A_rotation_whose_old_token_has_ended_is_over()
    {
        var tenant = await core.NewTenantAsync();
        var (_, fresh) = await RotateAsync(tenant, TokenOverlap.Hours24);
        core.Time.Advance(TimeSpan.FromHours(24));
        Assert.Null((await ShowAsync(tenant, fresh.Id))[fresh.Id].Rotation);
    }

    [Theory]
    [InlineData(TokenOverlap.Hour1, 10)]
    [InlineData(TokenOverlap.Hours24, 60)]
    [InlineData(TokenOverlap.Days7, 7 * 60)]
    public void The_old_token_must_be_quiet_for_a_twenty_fourth_of_the_overlap(TokenOverlap overlap, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), RotationRule.QuietFor(overlap.Length()));

    private async Task<(long Old, long New, TimeSpan Quiet, bool Safe)> ProgressAsync(TestTenant tenant, ApiToken fresh)
    {
        var rotation = (await ShowAsync(tenant, fresh.Id))[fresh.Id].Rotation!;
        return (rotation.OldRequests, rotation.NewRequests, rotation.Quiet, rotation.SafeToRetire);
    }

    private async Task<Dictionary<Guid, TokenTraffic>> ShowAsync(TestTenant tenant, params Guid[] ids)
    {
        var shown = await core.Get<ShowTokenTraffic>().HandleAsync(ids, await core.NewSessionAsync(tenant.Developer), Stop);
        Assert.True(shown.Succeeded, shown.Error?.ToString());
        return shown.Value;
    }

    private async Task<(ApiToken Old, ApiToken New)> RotateAsync(TestTenant tenant, TokenOverlap overlap)
    {
        var old = await core.AddTokenAsync(tenant);
        var fresh = await core.AddTokenAsync(tenant, "Successor", predecessor: old.Id, overlap: overlap);
        await using var db = core.Db.Open(tenant.Id);
        await db.Set<ApiToken>().Where(row => row.Id == old.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.SuccessorId, fresh.Id).SetProperty(row => row.OverlapEndsAt, Now + overlap.Length()), Stop);
        return (old, fresh);
    }

    public sealed class OnSqlite(SqliteCore core) : ShowTokenTrafficTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ShowTokenTrafficTests(core), IClassFixture<PostgreSqlCore>;
}
