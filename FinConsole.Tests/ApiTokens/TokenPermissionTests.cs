using FinConsole.Core.Access;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>Each use case, asked by each role, without a session, and for another tenant's token.</summary>
public abstract class TokenPermissionTests(CoreHost core)
{
    private static readonly Dictionary<string, (Permission Permission, AuditAction Action, Func<CoreHost, TestTenant, Guid, Actor, Task<Error?>> Ask)> UseCases = new()
    {
        ["create"] = (Permission.ManageTokens, AuditAction.TokenCreate, async (core, tenant, _, actor) =>
            (await core.Get<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(tenant, "Another"), actor, Stop)).Error),
        ["acknowledge"] = (Permission.ManageTokens, AuditAction.TokenAcknowledge, async (core, _, id, actor) => (await core.Get<AcknowledgeApiToken>().HandleAsync(id, actor, Stop)).Error),
        ["discard"] = (Permission.ManageTokens, AuditAction.TokenVoid, async (core, _, id, actor) => (await core.Get<VoidPendingToken>().HandleAsync(id, actor, Stop)).Error),
        ["rotate"] = (Permission.ManageTokens, AuditAction.TokenRotate, async (core, tenant, id, actor) =>
            (await core.Get<RotateApiToken>().HandleAsync(new RotateApiTokenRequest(id, TokenOverlap.None, TokenSteps.CashierOf(tenant)), actor, Stop)).Error),
        ["retire"] = (Permission.ManageTokens, AuditAction.TokenRetire, async (core, _, id, actor) => (await core.Get<RetireApiToken>().HandleAsync(id, actor, Stop)).Error),
        ["invalidate"] = (Permission.ManageTokens, AuditAction.TokenInvalidate, async (core, _, id, actor) =>
            (await core.Get<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(id, InvalidationReason.Other, null), actor, Stop)).Error),
        ["disable"] = (Permission.ManageTokens, AuditAction.TokenDisable, async (core, _, id, actor) => (await core.Get<SetTokenDisabled>().HandleAsync(id, true, actor, Stop)).Error),
        ["enable"] = (Permission.ManageTokens, AuditAction.TokenEnable, async (core, _, id, actor) => (await core.Get<SetTokenDisabled>().HandleAsync(id, false, actor, Stop)).Error),
        ["edit"] = (Permission.ManageTokens, AuditAction.TokenEdit, async (core, _, id, actor) => (await core.Get<EditApiToken>().HandleAsync(new EditApiTokenRequest(id, "New"), actor, Stop)).Error),
        ["get"] = (Permission.ReadTokens, AuditAction.AccessRefused, async (core, _, id, actor) => (await core.Get<GetApiToken>().HandleAsync(id, actor, Stop)).Error),
        ["list"] = (Permission.ReadTokens, AuditAction.AccessRefused, async (core, _, _, actor) => (await core.Get<ListApiTokens>().HandleAsync(new TokenFilter(), actor, Stop)).Error),
        ["identify"] = (Permission.ReadTokens, AuditAction.AccessRefused, async (core, _, _, actor) =>
        {
            var answer = await core.Get<IdentifyApiToken>().HandleAsync(new string('0', 64), actor, Stop);
            return answer.Error == ApiTokenErrors.NotFound ? null : answer.Error;
        }
        ),
    };

    public static TheoryData<string> Names() => [.. UseCases.Keys];

    public static TheoryData<string> NamesWithId() => [.. UseCases.Keys.Except(["create", "list", "identify"])];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_role_without_the_right_is_refused_with_one_failure_in_the_log_and_nothing_changed(string name)
    {
        var (permission, action, ask) = UseCases[name];
        foreach (var role in Enum.GetValues<Role>().Where(role => !role.May(permission)))
        {
            var (tenant, token) = await TenantWithPendingTokenAsync();
            var actor = Of(tenant, role);
            var before = await SnapshotAsync(tenant);
            var verified = core.Hasher.Verifications;
            Error? refusal = null;
            var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => refusal = await ask(core, tenant, token, actor)));
            Assert.Equal(AccessErrors.Forbidden(role), refusal);
            Assert.Equal((action, AuditResult.Failure, actor.Id), (entry.Action, entry.Result, entry.ActorId));
            Assert.Equal(before, await SnapshotAsync(tenant));
            Assert.Equal(verified, core.Hasher.Verifications);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_role_with_the_right_is_not_refused_for_it(string name)
    {
        var (permission, _, ask) = UseCases[name];
        foreach (var role in Enum.GetValues<Role>().Where(role => role.May(permission)))
        {
            var (tenant, token) = await TenantWithPendingTokenAsync();
            var error = await ask(core, tenant, token, Of(tenant, role));
            Assert.True(error?.Kind is not (ErrorKind.Forbidden or ErrorKind.Unauthenticated), error?.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_session_that_has_ended_may_do_nothing(string name)
    {
        var (tenant, token) = await TenantWithPendingTokenAsync();
        var before = await SnapshotAsync(tenant);
        var idle = tenant.Admin.Actor;
        core.Time.Advance(SessionLimits.Default.Idle);
        Actor[] nobody = [idle, tenant.Admin.Actor with { SessionId = null }, tenant.Admin.Actor with { SessionId = Guid.NewGuid() }, (await core.NewSessionAsync(tenant.Admin)) with { Id = tenant.Developer.Id }];
        foreach (var actor in nobody)
            Assert.Equal(AccessErrors.SessionEnded, await UseCases[name].Ask(core, tenant, token, actor));

        var left = await core.NewSessionAsync(tenant.Admin);
        await core.ChangeAsync(tenant.Admin, row => row.DeactivatedAt = core.Time.GetUtcNow());
        Assert.Equal(AccessErrors.SessionEnded, await UseCases[name].Ask(core, tenant, token, left));
        Assert.Equal(before, await SnapshotAsync(tenant));
    }

    [Theory]
    [MemberData(nameof(NamesWithId))]
    public async Task Another_tenants_token_is_as_unknown_as_one_that_never_was(string name)
    {
        var (theirs, foreign) = await TenantWithPendingTokenAsync();
        var mine = await core.NewTenantAsync();
        var before = await SnapshotAsync(theirs);
        var entries = await core.AuditAsync(theirs.Id);

        Assert.Equal(ApiTokenErrors.NotFound, await UseCases[name].Ask(core, mine, foreign, mine.Admin.Actor));
        Assert.Equal(ApiTokenErrors.NotFound, await UseCases[name].Ask(core, mine, Guid.NewGuid(), mine.Admin.Actor));

        Assert.Equal(before, await SnapshotAsync(theirs));
        Assert.Equal(entries.Count, (await core.AuditAsync(theirs.Id)).Count);
        Assert.Empty(await core.AuditAsync(mine.Id));
    }

    [Fact]
    public async Task The_list_shows_no_other_tenants_tokens()
    {
        var (_, _) = await TenantWithPendingTokenAsync();
        var mine = await core.NewTenantAsync();
        var own = await core.MakeTokenAsync(mine);
        var page = await core.Get<ListApiTokens>().HandleAsync(new TokenFilter(), mine.Admin.Actor, Stop);
        Assert.Equal(own.Token.Id, Assert.Single(page.Value!.Items).Token.Id);
    }

    [Fact]
    public async Task An_actor_who_claims_another_tenant_has_no_session_there()
    {
        var (theirs, foreign) = await TenantWithPendingTokenAsync();
        var mine = await core.NewTenantAsync();
        var crossing = mine.Admin.Actor with { TenantId = theirs.Id };
        foreach (var (_, _, ask) in UseCases.Values)
            Assert.Equal(AccessErrors.SessionEnded, await ask(core, theirs, foreign, crossing));
    }

    private static Actor Of(TestTenant tenant, Role role) => role switch
    {
        Role.TenantAdmin => tenant.Admin.Actor,
        Role.Developer => tenant.Developer.Actor,
        Role.SecurityReviewer => tenant.Reviewer.Actor,
        Role.Cashier => tenant.Cashier.Actor,
    };

    private async Task<(TestTenant Tenant, Guid Token)> TenantWithPendingTokenAsync()
    {
        var tenant = await core.NewTenantAsync();
        return (tenant, (await core.MakePendingAsync(tenant)).Token.Id);
    }

    private async Task<string> SnapshotAsync(TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        return System.Text.Json.JsonSerializer.Serialize(await db.Set<ApiToken>().AsNoTracking().OrderBy(token => token.Id).ToListAsync(Stop));
    }

    public sealed class OnSqlite(SqliteCore core) : TokenPermissionTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TokenPermissionTests(core), IClassFixture<PostgreSqlCore>;
}
