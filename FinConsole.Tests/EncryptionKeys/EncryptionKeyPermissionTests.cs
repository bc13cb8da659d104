using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>Each use case, asked by each role, without a session, and about another tenant's key.</summary>
public abstract class EncryptionKeyPermissionTests(CoreHost core)
{
    private static readonly Dictionary<string, (Permission Permission, AuditAction Action, Func<CoreHost, Guid, Actor, Task<Error?>> Ask)> UseCases = new()
    {
        ["get"] = (Permission.ReadEncryptionKeys, AuditAction.AccessRefused, async (core, _, actor) => (await core.Get<GetEncryptionKey>().HandleAsync(actor, Stop)).Error),
        ["list"] = (Permission.ReadEncryptionKeys, AuditAction.AccessRefused, async (core, _, actor) => (await core.Get<ListEncryptionKeys>().HandleAsync(null, 10, actor, Stop)).Error),
        ["try"] = (Permission.ReadEncryptionKeys, AuditAction.AccessRefused, async (core, _, actor) => (await core.Get<TryCiphertext>().HandleAsync("AAAA", actor, Stop)).Error),
        ["rotate"] = (Permission.RotateEncryptionKeys, AuditAction.EncryptionKeyRotate, async (core, id, actor) =>
            (await core.Get<RotateEncryptionKey>().HandleAsync(new RotateEncryptionKeyRequest(id, RotationReason.Other), actor, Stop)).Error),
        ["export"] = (Permission.ExportPrivateKey, AuditAction.EncryptionKeyExport, async (core, _, actor) =>
            (await core.Get<ExportPrivateKey>().HandleAsync(new Secret("orchard copper lantern 82"), actor, Stop)).Error),
    };

    public static TheoryData<string> Names() => [.. UseCases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_role_without_the_right_is_refused_with_one_failure_in_the_log_and_nothing_changed(string name)
    {
        var (permission, action, ask) = UseCases[name];
        foreach (var role in Enum.GetValues<Role>().Where(role => !role.May(permission)))
        {
            var tenant = await core.NewTenantWithKeyAsync();
            var before = await core.CurrentKeyAsync(tenant);
            var actor = Of(tenant, role);
            Error? refusal = null;
            var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => refusal = await ask(core, before.Id, actor)));
            Assert.Equal(AccessErrors.Forbidden(role), refusal);
            Assert.Equal((action, AuditResult.Failure, actor.Id), (entry.Action, entry.Result, entry.ActorId));
            Assert.Equal(before.Id, Assert.Single(await core.KeysAsync(tenant)).Id);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_role_with_the_right_succeeds(string name)
    {
        var (permission, _, ask) = UseCases[name];
        foreach (var role in Enum.GetValues<Role>().Where(role => role.May(permission)))
        {
            var tenant = await core.NewTenantWithKeyAsync();
            Assert.Null(await ask(core, (await core.CurrentKeyAsync(tenant)).Id, Of(tenant, role)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_session_that_has_ended_may_do_nothing(string name)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = (await core.CurrentKeyAsync(tenant)).Id;
        var idle = tenant.Admin.Actor;
        core.Time.Advance(SessionLimits.Default.Idle);
        Actor[] nobody = [idle, idle with { SessionId = null }, idle with { SessionId = Guid.NewGuid() }, (await core.NewSessionAsync(tenant.Admin)) with { Id = tenant.Developer.Id }];
        foreach (var actor in nobody)
            Assert.Equal(AccessErrors.SessionEnded, await UseCases[name].Ask(core, key, actor));
        Assert.Equal(key, Assert.Single(await core.KeysAsync(tenant)).Id);
    }

    [Fact]
    public async Task Another_tenants_key_is_as_unknown_as_one_that_never_was()
    {
        var theirs = await core.NewTenantWithKeyAsync();
        var mine = await core.NewTenantWithKeyAsync();
        var foreign = (await core.CurrentKeyAsync(theirs)).Id;

        Assert.Equal(EncryptionKeyErrors.NotFound, await UseCases["rotate"].Ask(core, foreign, mine.Admin.Actor));
        Assert.Equal(EncryptionKeyErrors.NotFound, await UseCases["rotate"].Ask(core, Guid.NewGuid(), mine.Admin.Actor));

        Assert.Equal(foreign, Assert.Single(await core.KeysAsync(theirs)).Id);
        Assert.Empty(await core.AuditAsync(theirs.Id));
        Assert.Empty(await core.AuditAsync(mine.Id));
        Assert.Equal((await core.CurrentKeyAsync(mine)).Id, (await core.Get<GetEncryptionKey>().HandleAsync(mine.Admin.Actor, Stop)).Value!.KeyId);
        Assert.Single((await core.Get<ListEncryptionKeys>().HandleAsync(null, 10, mine.Admin.Actor, Stop)).Value!.Items);
    }

    [Fact]
    public async Task An_actor_who_claims_another_tenant_has_no_session_there()
    {
        var theirs = await core.NewTenantWithKeyAsync();
        var crossing = (await core.NewTenantAsync()).Admin.Actor with { TenantId = theirs.Id };
        foreach (var (_, _, ask) in UseCases.Values)
            Assert.Equal(AccessErrors.SessionEnded, await ask(core, (await core.CurrentKeyAsync(theirs)).Id, crossing));
    }

    private static Actor Of(TestTenant tenant, Role role) => role switch
    {
        Role.TenantAdmin => tenant.Admin.Actor,
        Role.Developer => tenant.Developer.Actor,
        Role.SecurityReviewer => tenant.Reviewer.Actor,
        Role.Cashier => tenant.Cashier.Actor,
    };

    public sealed class OnSqlite(SqliteCore core) : EncryptionKeyPermissionTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : EncryptionKeyPermissionTests(core), IClassFixture<PostgreSqlCore>;
}
