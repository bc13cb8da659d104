using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public abstract class RotateApiTokenTests(CoreHost core)
{
    [Fact]
    public async Task The_successor_is_the_old_token_in_all_but_its_secret()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant) with { Holder = tenant.Reviewer.Email });
        core.Time.Advance(TimeSpan.FromDays(40));
        var now = core.Time.GetUtcNow();

        var made = await core.RotatePendingAsync(tenant, old.Token.Id);

        var (before, after) = (old.Token, made.Token);
        Assert.Equal(
            (before.Name, before.Environment, before.Expiry, before.Holder, before.HolderMemberId, before.CashierId),
            (after.Name, after.Environment, after.Expiry, after.Holder, after.HolderMemberId, after.CashierId));
        Assert.Equal(before.Scopes, after.Scopes);
        Assert.Equal(before.Allowlist, after.Allowlist);
        Assert.Equal((before.Id, now, now.AddMonths(6), TokenStatus.Pending), (after.PredecessorId, after.CreatedAt, after.ExpiresAt, after.Status));
        Assert.NotEqual(old.Secret.Reveal(), made.Secret.Reveal());
        Assert.Equal((before.ExpiresAt, after.Id), ((await core.ReadTokenAsync(tenant, before.Id)).ExpiresAt, (await core.ReadTokenAsync(tenant, before.Id)).SuccessorId));
    }

    [Fact]
    public async Task Acts_as_the_cashier_whose_password_was_typed()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var second = await core.NewMemberAsync(tenant.Id, Role.Cashier, $"second@{tenant.Id:N}.example");
        var request = new RotateApiTokenRequest(old.Token.Id, TokenOverlap.None, new CashierCredentials(second.Email, TestMember.Secret));
        var made = await core.Get<RotateApiToken>().HandleAsync(request, tenant.Developer.Actor, Stop);
        Assert.Equal(second.Id, made.Value?.Token.CashierId);
    }

    [Fact]
    public async Task Writes_one_entry_that_names_both_tokens()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        NewApiToken? made = null;
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => made = await core.RotatePendingAsync(tenant, old.Token.Id)));
        Assert.Equal((AuditAction.TokenRotate, AuditResult.Success, made!.Token.Id), (entry.Action, entry.Result, entry.ResourceId));
        Assert.Contains(old.Token.Id.ToString(), entry.Metadata, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TokenOverlap.None, 0)]
    [InlineData(TokenOverlap.Hour1, 1)]
    [InlineData(TokenOverlap.Hours24, 24)]
    [InlineData(TokenOverlap.Days7, 7 * 24)]
    public async Task The_old_token_goes_on_for_the_overlap_from_the_moment_the_new_one_was_saved(TokenOverlap overlap, int hours)
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var made = await core.RotatePendingAsync(tenant, old.Token.Id, overlap);
        Assert.Equal((TokenStatus.Active, TokenStatus.Pending), (await core.StatusAsync(tenant, old.Token.Id), await core.StatusAsync(tenant, made.Token.Id)));

        core.Time.Advance(TimeSpan.FromMinutes(5));
        var saved = core.Time.GetUtcNow();
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => core.SaveAsync(tenant, made.Token.Id)));

        Assert.Equal(AuditAction.TokenAcknowledge, entry.Action);
        Assert.Equal(saved.AddHours(hours), (await core.ReadTokenAsync(tenant, old.Token.Id)).OverlapEndsAt);
        Assert.Equal(overlap == TokenOverlap.None ? TokenStatus.Retired : TokenStatus.Rotating, await core.StatusAsync(tenant, old.Token.Id));
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, made.Token.Id));
        core.Time.Advance(TimeSpan.FromHours(hours));
        Assert.Equal(TokenStatus.Retired, await core.StatusAsync(tenant, old.Token.Id));
    }

    [Fact]
    public async Task The_overlap_never_reaches_past_the_old_token_s_own_expiry()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant) with { Expiry = TokenExpiry.Hours24 });
        core.Time.Advance(TimeSpan.FromHours(20));
        await core.RotateAsync(tenant, old.Token.Id, TokenOverlap.Days7);
        Assert.Equal(old.Token.ExpiresAt, (await core.ReadTokenAsync(tenant, old.Token.Id)).OverlapEndsAt);
    }

    [Fact]
    public async Task A_successor_that_nobody_saves_leaves_the_old_token_as_it_was()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var made = await core.RotatePendingAsync(tenant, old.Token.Id);
        core.Time.Advance(ApiToken.PendingLimit);
        await core.Get<TokenSweep>().RunAsync(Stop);

        var row = await core.ReadTokenAsync(tenant, old.Token.Id);
        Assert.Equal((null, null, null), (row.SuccessorId, row.OverlapEndsAt, row.EndedAt));
        Assert.Equal((TokenStatus.Active, TokenStatus.Void), (await core.StatusAsync(tenant, old.Token.Id), await core.StatusAsync(tenant, made.Token.Id)));
        await core.RotateAsync(tenant, old.Token.Id);
    }

    [Fact]
    public async Task Can_be_tried_again_after_ten_minutes_before_any_sweep()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var lost = await core.RotatePendingAsync(tenant, old.Token.Id);
        core.Time.Advance(ApiToken.PendingLimit);
        var made = await core.RotatePendingAsync(tenant, old.Token.Id);
        Assert.Equal((TokenStatus.Void, TokenStatus.Pending), (await core.StatusAsync(tenant, lost.Token.Id), await core.StatusAsync(tenant, made.Token.Id)));
    }

    [Fact]
    public async Task Started_again_it_voids_the_successor_whose_secret_was_lost()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var lost = await core.RotatePendingAsync(tenant, old.Token.Id);
        NewApiToken? made = null;
        var entries = await core.AuditOfAsync(tenant.Id, async () => made = await core.RotatePendingAsync(tenant, old.Token.Id, replacePending: lost.Token.Id));

        Assert.Equal([(AuditAction.TokenVoid, lost.Token.Id), (AuditAction.TokenRotate, made!.Token.Id)], entries.Select(entry => (entry.Action, entry.ResourceId!.Value)));
        Assert.Equal(TokenEnd.Void, (await core.ReadTokenAsync(tenant, lost.Token.Id)).EndReason);
        Assert.Equal(made.Token.Id, (await core.ReadTokenAsync(tenant, old.Token.Id)).SuccessorId);
        await core.SaveAsync(tenant, made.Token.Id);
        Assert.Equal(TokenStatus.Rotating, await core.StatusAsync(tenant, old.Token.Id));
    }

    [Fact]
    public async Task Cannot_be_started_again_over_a_successor_that_was_saved_meanwhile()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var saved = await core.RotateAsync(tenant, old.Token.Id);
        await RefusesAsync(tenant, old.Token.Id, ApiTokenErrors.RotatedMeanwhile, replacePending: saved.Token.Id);
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, saved.Token.Id));
    }

    [Fact]
    public async Task A_second_rotation_meets_a_conflict()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        await core.RotatePendingAsync(tenant, old.Token.Id);
        await RefusesAsync(tenant, old.Token.Id, ApiTokenErrors.RotatedMeanwhile);
        await RefusesAsync(tenant, old.Token.Id, ApiTokenErrors.RotatedMeanwhile, replacePending: old.Token.Id);
    }

    [Fact]
    public async Task A_token_has_at_most_one_live_predecessor()
    {
        var tenant = await core.NewTenantAsync();
        var first = await core.MakeTokenAsync(tenant);
        var second = await core.RotateAsync(tenant, first.Token.Id);
        await RefusesAsync(tenant, second.Token.Id, ApiTokenErrors.OverlapRunning);

        core.Time.Advance(TimeSpan.FromHours(24));
        var third = await core.RotateAsync(tenant, second.Token.Id);
        Assert.Equal((TokenStatus.Retired, TokenStatus.Rotating, TokenStatus.Active), (
            await core.StatusAsync(tenant, first.Token.Id), await core.StatusAsync(tenant, second.Token.Id), await core.StatusAsync(tenant, third.Token.Id)));
    }

    [Fact]
    public async Task A_token_whose_successor_was_invalidated_can_be_rotated_anew()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var leaked = await core.RotateAsync(tenant, old.Token.Id);
        Assert.True((await core.TryInvalidateAsync(tenant, leaked.Token.Id)).Succeeded);
        var next = await core.RotateAsync(tenant, old.Token.Id);
        Assert.Equal((TokenStatus.Rotating, TokenStatus.Active), (await core.StatusAsync(tenant, old.Token.Id), await core.StatusAsync(tenant, next.Token.Id)));
    }

    [Fact]
    public async Task Refuses_what_has_ended_is_disabled_or_waits_to_be_saved()
    {
        var tenant = await core.NewTenantAsync();
        var invalidated = await core.MakeTokenAsync(tenant, "Invalidated");
        await core.TryInvalidateAsync(tenant, invalidated.Token.Id);
        await RefusesAsync(tenant, invalidated.Token.Id, ApiTokenErrors.Ended);

        var disabled = await core.MakeTokenAsync(tenant, "Disabled");
        await core.TryDisableAsync(tenant, disabled.Token.Id);
        await RefusesAsync(tenant, disabled.Token.Id, ApiTokenErrors.Disabled);

        var pending = await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "Pending"));
        await RefusesAsync(tenant, pending.Token.Id, ApiTokenErrors.StillPending);
        core.Time.Advance(ApiToken.PendingLimit);
        await RefusesAsync(tenant, pending.Token.Id, ApiTokenErrors.Ended);

        var expired = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "Expired") with { Expiry = TokenExpiry.Hours24 });
        core.Time.Advance(TimeSpan.FromHours(24));
        await RefusesAsync(tenant, expired.Token.Id, ApiTokenErrors.Ended);
    }

    [Fact]
    public async Task Refuses_faulty_input_and_writes_nothing()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        (string Field, RotateApiTokenRequest Request)[] faults =
        [
            ("Overlap", new(old.Token.Id, (TokenOverlap)9, TokenSteps.CashierOf(tenant))),
            ("CashierEmail", new(old.Token.Id, TokenOverlap.None, new CashierCredentials("", TestMember.Secret))),
            ("CashierPassword", new(old.Token.Id, TokenOverlap.None, new CashierCredentials(tenant.Cashier.Email, new Secret("")))),
        ];
        foreach (var (field, request) in faults)
        {
            var result = default(Result<NewApiToken>);
            Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await core.Get<RotateApiToken>().HandleAsync(request, tenant.Developer.Actor, Stop)));
            Assert.Equal((ErrorKind.Invalid, field), (result.Error!.Kind, result.Error.Fields.Keys.Single()));
        }
    }

    [Fact]
    public async Task A_wrong_cashier_password_changes_nothing_and_counts()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var request = new RotateApiTokenRequest(old.Token.Id, TokenOverlap.None, new CashierCredentials(tenant.Cashier.Email, new Secret("not the password")));
        var result = await core.Get<RotateApiToken>().HandleAsync(request, tenant.Developer.Actor, Stop);
        Assert.Equal(ApiTokenErrors.CashierRefused.Code, result.Error?.Code);
        Assert.Equal(1, (await core.ReadAsync(tenant.Cashier)).AccessFailedCount);
        Assert.Null((await core.ReadTokenAsync(tenant, old.Token.Id)).SuccessorId);
    }

    [Fact]
    public async Task The_http_api_s_rotation_begins_the_overlap_at_once()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var request = new RotateApiTokenRequest(old.Token.Id, TokenOverlap.Hour1, TokenSteps.CashierOf(tenant), Handover: TokenHandover.Immediate);
        var made = await core.Get<RotateApiToken>().HandleAsync(request, tenant.Developer.Actor, Stop);
        Assert.Equal(TokenStatus.Active, made.Value?.Token.Status);
        Assert.Equal(core.Time.GetUtcNow().AddHours(1), (await core.ReadTokenAsync(tenant, old.Token.Id)).OverlapEndsAt);
    }

    private async Task RefusesAsync(TestTenant tenant, Guid id, Error expected, Guid? replacePending = null)
    {
        var count = await CountAsync(tenant);
        var result = default(Result<NewApiToken>);
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await core.TryRotateAsync(tenant, id, replacePending: replacePending)));
        Assert.Equal(expected, result.Error);
        Assert.Equal(count, await CountAsync(tenant));
    }

    private async Task<int> CountAsync(TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        return await db.Set<ApiToken>().CountAsync(Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : RotateApiTokenTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : RotateApiTokenTests(core), IClassFixture<PostgreSqlCore>;
}
