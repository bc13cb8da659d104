using FinConsole.Core.ApiTokens;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>Retiring, invalidating, disabling.</summary>
public abstract class EndingApiTokensTests(CoreHost core)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retiring_ends_the_overlap_now_by_either_token_s_id(bool byTheOldOne)
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var made = await core.RotateAsync(tenant, old.Token.Id, TokenOverlap.Days7);
        core.Time.Advance(TimeSpan.FromHours(3));
        var now = core.Time.GetUtcNow();

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () =>
            Assert.True((await core.TryRetireAsync(tenant, byTheOldOne ? old.Token.Id : made.Token.Id)).Succeeded)));

        Assert.Equal((AuditAction.TokenRetire, AuditResult.Success, old.Token.Id), (entry.Action, entry.Result, entry.ResourceId));
        var row = await core.ReadTokenAsync(tenant, old.Token.Id);
        Assert.Equal((TokenEnd.Retired, now, tenant.Developer.Email), (row.EndReason, row.EndedAt, row.EndedBy));
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, made.Token.Id));
    }

    [Fact]
    public async Task Retiring_needs_an_overlap_that_runs()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        await RefusesAsync(tenant, () => core.TryRetireAsync(tenant, old.Token.Id), ApiTokenErrors.NoOverlap);

        var made = await core.RotatePendingAsync(tenant, old.Token.Id, TokenOverlap.Hour1);
        await RefusesAsync(tenant, () => core.TryRetireAsync(tenant, old.Token.Id), ApiTokenErrors.NoOverlap);

        await core.SaveAsync(tenant, made.Token.Id);
        core.Time.Advance(TimeSpan.FromHours(1));
        await RefusesAsync(tenant, () => core.TryRetireAsync(tenant, made.Token.Id), ApiTokenErrors.NoOverlap);
    }

    [Fact]
    public async Task After_retiring_the_old_one_the_new_one_can_be_rotated_again()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var made = await core.RotateAsync(tenant, old.Token.Id, TokenOverlap.Days7);
        await core.TryRetireAsync(tenant, made.Token.Id);
        await core.RotateAsync(tenant, made.Token.Id);
    }

    [Theory]
    [InlineData(InvalidationReason.Compromised, " Seen in a log.\r\nTwice. ", "Seen in a log.\r\nTwice.")]
    [InlineData(InvalidationReason.NoLongerNeeded, null, null)]
    [InlineData(InvalidationReason.MemberLeft, "  ", null)]
    [InlineData(InvalidationReason.Other, "Sold <b>off</b>", "Sold <b>off</b>")]
    public async Task Invalidating_ends_a_token_at_once_with_its_reason(InvalidationReason reason, string? comment, string? kept)
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await core.TryInvalidateAsync(tenant, made.Token.Id, reason, comment)).Succeeded)));

        Assert.Equal((AuditAction.TokenInvalidate, made.Token.Id, "Checkout"), (entry.Action, entry.ResourceId, entry.ResourceName));
        Assert.Contains($"\"reason\":\"{reason}\"", entry.Metadata, StringComparison.Ordinal);
        var row = await core.ReadTokenAsync(tenant, made.Token.Id);
        Assert.Equal((TokenEnd.Invalidated, reason, kept, core.Time.GetUtcNow(), tenant.Developer.Email), (row.EndReason, row.InvalidationReason, row.EndComment, row.EndedAt, row.EndedBy));
    }

    [Fact]
    public async Task Invalidating_twice_is_no_error_and_writes_nothing_the_second_time()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await core.TryInvalidateAsync(tenant, made.Token.Id);
        var first = await core.ReadTokenAsync(tenant, made.Token.Id);
        core.Time.Advance(TimeSpan.FromHours(1));

        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await core.TryInvalidateAsync(tenant, made.Token.Id, InvalidationReason.Other, "again")).Succeeded)));

        var row = await core.ReadTokenAsync(tenant, made.Token.Id);
        Assert.Equal((first.EndedAt, first.InvalidationReason, first.EndComment), (row.EndedAt, row.InvalidationReason, row.EndComment));
    }

    [Fact]
    public async Task What_ended_otherwise_stays_what_it_is()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        await core.RotateAsync(tenant, old.Token.Id, TokenOverlap.None);
        await RefusesAsync(tenant, () => core.TryInvalidateAsync(tenant, old.Token.Id), ApiTokenErrors.Ended);
        Assert.Equal(TokenStatus.Retired, await core.StatusAsync(tenant, old.Token.Id));
    }

    [Fact]
    public async Task Invalidating_reaches_pending_disabled_and_rotating_tokens()
    {
        var tenant = await core.NewTenantAsync();
        var pending = await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "a"));
        var disabled = await core.MakeTokenAsync(tenant, "b");
        await core.TryDisableAsync(tenant, disabled.Token.Id);
        var rotating = await core.MakeTokenAsync(tenant, "c");
        var successor = await core.RotateAsync(tenant, rotating.Token.Id);
        foreach (var id in new[] { pending.Token.Id, disabled.Token.Id, rotating.Token.Id })
        {
            Assert.True((await core.TryInvalidateAsync(tenant, id)).Succeeded);
            Assert.Equal(TokenStatus.Invalidated, await core.StatusAsync(tenant, id));
        }

        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, successor.Token.Id));
    }

    [Fact]
    public async Task Invalidating_a_pending_successor_leaves_the_old_token_standing_alone()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var pending = await core.RotatePendingAsync(tenant, old.Token.Id);
        await core.TryInvalidateAsync(tenant, pending.Token.Id);
        Assert.Null((await core.ReadTokenAsync(tenant, old.Token.Id)).SuccessorId);
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, old.Token.Id));
    }

    [Fact]
    public async Task Invalidating_refuses_faulty_input()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await RefusesFieldAsync(tenant, () => core.TryInvalidateAsync(tenant, made.Token.Id, 0), "Reason");
        await RefusesFieldAsync(tenant, () => core.TryInvalidateAsync(tenant, made.Token.Id, InvalidationReason.Other, new string('x', 501)), "Comment");
        await RefusesFieldAsync(tenant, () => core.TryInvalidateAsync(tenant, made.Token.Id, InvalidationReason.Other, new string('x', 1_000_000)), "Comment");
        await RefusesFieldAsync(tenant, () => core.TryInvalidateAsync(tenant, made.Token.Id, InvalidationReason.Other, "a\0b"), "Comment");
        await RefusesFieldAsync(tenant, () => core.TryInvalidateAsync(tenant, made.Token.Id, InvalidationReason.Other, "a\uD800b"), "Comment");
        Assert.True((await core.TryInvalidateAsync(tenant, made.Token.Id, InvalidationReason.Other, new string('x', 500))).Succeeded);
    }

    [Fact]
    public async Task Disabling_refuses_the_token_until_it_is_enabled_again()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);

        var entries = await core.AuditOfAsync(tenant.Id, async () =>
        {
            Assert.True((await core.TryDisableAsync(tenant, made.Token.Id)).Succeeded);
            Assert.Equal(TokenStatus.Disabled, await core.StatusAsync(tenant, made.Token.Id));
            Assert.True((await core.TryDisableAsync(tenant, made.Token.Id, disabled: false)).Succeeded);
            Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, made.Token.Id));
        });

        Assert.Equal([AuditAction.TokenDisable, AuditAction.TokenEnable], entries.Select(entry => entry.Action));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Asking_for_what_already_is_changes_and_records_nothing(bool disabled)
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await core.TryDisableAsync(tenant, made.Token.Id, disabled);
        var since = (await core.ReadTokenAsync(tenant, made.Token.Id)).DisabledAt;
        core.Time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await core.TryDisableAsync(tenant, made.Token.Id, disabled)).Succeeded)));
        Assert.Equal(since, (await core.ReadTokenAsync(tenant, made.Token.Id)).DisabledAt);
    }

    [Fact]
    public async Task Disabling_is_not_for_pending_or_ended_tokens()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakePendingAsync(tenant);
        await RefusesAsync(tenant, () => core.TryDisableAsync(tenant, made.Token.Id), ApiTokenErrors.StillPending);
        await core.TryInvalidateAsync(tenant, made.Token.Id);
        await RefusesAsync(tenant, () => core.TryDisableAsync(tenant, made.Token.Id), ApiTokenErrors.Ended);
        await RefusesAsync(tenant, () => core.TryDisableAsync(tenant, made.Token.Id, disabled: false), ApiTokenErrors.Ended);
    }

    private async Task RefusesAsync(TestTenant tenant, Func<Task<Result>> act, Error expected)
    {
        var result = Result.Success;
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await act()));
        Assert.Equal(expected, result.Error);
    }

    private async Task RefusesFieldAsync(TestTenant tenant, Func<Task<Result>> act, string field)
    {
        var result = Result.Success;
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await act()));
        Assert.Equal((ErrorKind.Invalid, field), (result.Error!.Kind, result.Error.Fields.Keys.Single()));
    }

    public sealed class OnSqlite(SqliteCore core) : EndingApiTokensTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : EndingApiTokensTests(core), IClassFixture<PostgreSqlCore>;
}
