using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>A token that ends itself, or is ended by one of the operator's servers (RFC 7009).</summary>
public abstract class RevokeApiTokenTests(CoreHost core)
{
    [Fact]
    public async Task A_token_ends_itself_with_one_entry_however_often_it_asks()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () =>
        {
            Assert.True(await RevokeAsync(made));
            Assert.True(await RevokeAsync(made));
        }));

        Assert.Equal(
            (AuditAction.TokenInvalidate, AuditResult.Success, ActorKind.Token, made.Token.Id, made.Token.Id, "203.0.113.7"),
            (entry.Action, entry.Result, entry.ActorKind, entry.ActorId, entry.ResourceId, entry.Ip));
        var row = await core.ReadTokenAsync(tenant, made.Token.Id);
        Assert.Equal((TokenEnd.Invalidated, InvalidationReason.NoLongerNeeded, "Checkout"), (row.EndReason, row.InvalidationReason, row.EndedBy));
        Assert.Equal(TokenVerdict.Ended, (await core.Get<VerifyApiToken>().HandleAsync(made.Secret.Reveal(), null, Stop)).Verdict);
    }

    [Fact]
    public async Task A_server_of_the_operator_s_ends_it_in_the_tenant_s_log_under_its_own_name()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        var service = new Actor(ActorKind.Service, Tenant.Operator, Guid.NewGuid(), "ledger", null, TestTenants.Origin);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.True(await RevokeAsync(made, service))));

        Assert.Equal((AuditAction.TokenInvalidate, ActorKind.Service, service.Id, "ledger"), (entry.Action, entry.ActorKind, entry.ActorId, entry.ActorName));
    }

    [Fact]
    public async Task A_pending_and_a_disabled_token_can_be_ended_and_its_predecessor_lives()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var pending = await core.RotatePendingAsync(tenant, old.Token.Id);
        var disabled = await core.MakeTokenAsync(tenant, "Asleep");
        Assert.True((await core.TryDisableAsync(tenant, disabled.Token.Id)).Succeeded);

        Assert.True(await RevokeAsync(pending));
        Assert.True(await RevokeAsync(disabled));

        Assert.Equal(
            [TokenStatus.Invalidated, TokenStatus.Invalidated, TokenStatus.Active],
            [await core.StatusAsync(tenant, pending.Token.Id), await core.StatusAsync(tenant, disabled.Token.Id), await core.StatusAsync(tenant, old.Token.Id)]);
    }

    [Fact]
    public async Task What_ended_otherwise_and_what_never_was_leave_no_entry()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        await core.RotateAsync(tenant, old.Token.Id, TokenOverlap.Days7);
        Assert.True((await core.TryRetireAsync(tenant, old.Token.Id)).Succeeded);

        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () =>
        {
            Assert.True(await RevokeAsync(old));
            Assert.True(await core.Get<RevokeApiToken>().HandleAsync(ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal(), null, TestTenants.Origin, Stop));
        }));

        Assert.Equal(TokenEnd.Retired, (await core.ReadTokenAsync(tenant, old.Token.Id)).EndReason);
    }

    private Task<bool> RevokeAsync(NewApiToken token, Actor? service = null) => core.Get<RevokeApiToken>().HandleAsync(token.Secret.Reveal(), service, TestTenants.Origin, Stop);

    public sealed class OnSqlite(SqliteCore core) : RevokeApiTokenTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : RevokeApiTokenTests(core), IClassFixture<PostgreSqlCore>;
}
