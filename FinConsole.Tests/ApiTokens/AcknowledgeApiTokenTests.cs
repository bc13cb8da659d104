using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>No token lives whose secret nobody has seen: pending until saved, void after ten minutes, and only its maker can say "saved".</summary>
public abstract class AcknowledgeApiTokenTests(CoreHost core)
{
    [Fact]
    public async Task Makes_a_pending_token_live_and_writes_one_entry()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakePendingAsync(tenant);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => core.SaveAsync(tenant, made.Token.Id)));

        Assert.Equal((AuditAction.TokenAcknowledge, AuditResult.Success, made.Token.Id), (entry.Action, entry.Result, entry.ResourceId));
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, made.Token.Id));
    }

    [Fact]
    public async Task Comes_too_late_at_the_tenth_minute()
    {
        var tenant = await core.NewTenantAsync();
        var (early, late) = (await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "a")), await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "b")));

        core.Time.Advance(ApiToken.PendingLimit - TimeSpan.FromTicks(1));
        await core.SaveAsync(tenant, early.Token.Id);
        core.Time.Advance(TimeSpan.FromTicks(1));

        await RefusesAsync(tenant, late.Token.Id, tenant.Developer, ApiTokenErrors.NotPending);
        Assert.Equal(TokenStatus.Void, await core.StatusAsync(tenant, late.Token.Id));
    }

    [Fact]
    public async Task A_dialog_that_dies_leaves_no_live_token()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakePendingAsync(tenant);
        // Nothing more is heard of the circuit; the program goes on.
        core.Time.Advance(ApiToken.PendingLimit);
        await core.Get<TokenSweep>().RunAsync(Stop);

        var row = await core.ReadTokenAsync(tenant, made.Token.Id);
        Assert.Equal((TokenEnd.Void, row.PendingUntil, null), (row.EndReason, row.EndedAt, row.AcknowledgedAt));
        await RefusesAsync(tenant, made.Token.Id, tenant.Developer, ApiTokenErrors.NotPending);
    }

    [Fact]
    public async Task Is_for_nobody_but_the_member_who_saw_the_secret()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakePendingAsync(tenant);
        await RefusesAsync(tenant, made.Token.Id, tenant.Admin, ApiTokenErrors.NotFound);
        Assert.Equal(TokenStatus.Pending, await core.StatusAsync(tenant, made.Token.Id));
    }

    [Fact]
    public async Task Works_once()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await RefusesAsync(tenant, made.Token.Id, tenant.Developer, ApiTokenErrors.NotPending);
    }

    [Fact]
    public async Task Does_not_wake_a_token_that_was_discarded()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakePendingAsync(tenant);
        Assert.True((await core.Get<VoidPendingToken>().HandleAsync(made.Token.Id, tenant.Developer.Actor, Stop)).Succeeded);
        await RefusesAsync(tenant, made.Token.Id, tenant.Developer, ApiTokenErrors.NotPending);
    }

    [Fact]
    public async Task Discarding_ends_a_pending_token_with_one_entry_and_frees_its_name()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakePendingAsync(tenant);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => core.Get<VoidPendingToken>().HandleAsync(made.Token.Id, tenant.Developer.Actor, Stop)));

        Assert.Equal((AuditAction.TokenVoid, made.Token.Id), (entry.Action, entry.ResourceId));
        var row = await core.ReadTokenAsync(tenant, made.Token.Id);
        Assert.Equal((TokenEnd.Void, tenant.Developer.Email), (row.EndReason, row.EndedBy));
        await core.MakeTokenAsync(tenant);
    }

    [Fact]
    public async Task Discarding_leaves_a_live_token_alone()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        var result = Result.Success;
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await core.Get<VoidPendingToken>().HandleAsync(made.Token.Id, tenant.Developer.Actor, Stop)));
        Assert.Equal(ApiTokenErrors.NotPending, result.Error);
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, made.Token.Id));
    }

    [Fact]
    public async Task Of_two_clicks_at_once_one_takes_effect()
    {
        var tenant = await core.NewTenantAsync();
        for (var round = 0; round < 10; round++)
        {
            var made = await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, $"Round {round}"));
            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => core.Get<AcknowledgeApiToken>().HandleAsync(made.Token.Id, tenant.Developer.Actor, Stop))));
            Assert.Single(results, result => result.Succeeded);
            Assert.Equal(3, results.Count(result => result.Error == ApiTokenErrors.NotPending));
        }
    }

    private async Task RefusesAsync(TestTenant tenant, Guid id, TestMember member, Error expected)
    {
        var actor = await core.NewSessionAsync(member);
        var result = Result.Success;
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await core.Get<AcknowledgeApiToken>().HandleAsync(id, actor, Stop)));
        Assert.Equal(expected, result.Error);
    }

    public sealed class OnSqlite(SqliteCore core) : AcknowledgeApiTokenTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AcknowledgeApiTokenTests(core), IClassFixture<PostgreSqlCore>;
}
