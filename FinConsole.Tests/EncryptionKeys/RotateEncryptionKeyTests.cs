using System.Security.Cryptography;
using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

public abstract class RotateEncryptionKeyTests(CoreHost core)
{
    [Fact]
    public async Task Makes_a_new_current_key_and_erases_the_old_ones_private_part()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var old = await core.CurrentKeyAsync(tenant);
        core.Time.Advance(TimeSpan.FromDays(30));

        var made = await core.RotateKeyAsync(tenant, RotationReason.Other, "  New provider  ");

        Assert.NotEqual(old.Id, made.Id);
        Assert.NotEqual(old.PublicKey, made.PublicKey);
        Assert.Equal((3072, tenant.Developer.Email, core.Time.GetUtcNow(), 0L), (made.Size, made.CreatedBy, made.CreatedAt, made.UseCount));
        Assert.Null(made.DecryptUntil);
        var ended = (await core.KeysAsync(tenant)).Single(key => key.Id == old.Id);
        Assert.Equal(
            (null, core.Time.GetUtcNow(), tenant.Developer.Email, RotationReason.Other, "New provider", null),
            (ended.PrivateKey, ended.EndedAt, ended.EndedBy, ended.EndReason, ended.EndComment, ended.DecryptUntil));
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(core.Get<KeyPairs>().Reveal(tenant.Id, made.Id, made.PrivateKey!), out _);
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), made.PublicKey);
    }

    [Fact]
    public async Task Is_audited_and_announced()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var old = await core.CurrentKeyAsync(tenant);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => core.RotateKeyAsync(tenant, RotationReason.Compromised, "Seen in a log")));

        var made = await core.CurrentKeyAsync(tenant);
        Assert.Equal(
            (AuditAction.EncryptionKeyRotate, AuditResult.Success, AuditResource.EncryptionKey, made.Id, tenant.Developer.Email),
            (entry.Action, entry.Result, entry.Resource, entry.ResourceId, entry.ActorName));
        var metadata = System.Text.Json.JsonDocument.Parse(entry.Metadata).RootElement;
        Assert.Equal(
            (old.Id.ToString(), "Compromised", "Seen in a log", 3072),
            (metadata.GetProperty("previousKey").GetString(), metadata.GetProperty("reason").GetString(), metadata.GetProperty("comment").GetString(), metadata.GetProperty("size").GetInt32()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(made.PublicKey)), metadata.GetProperty("fingerprint").GetString()!.Replace(":", "", StringComparison.Ordinal));
        Assert.Equal((ChangeKind.EncryptionKey, tenant.Id), Assert.Single((await core.ChangesOfAsync(made.Id)).Select(change => (change.Kind, change.TenantId))));
    }

    [Fact]
    public async Task A_confirmation_older_than_five_minutes_is_not_enough()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var old = await core.CurrentKeyAsync(tenant);
        var request = new RotateEncryptionKeyRequest(old.Id, RotationReason.Scheduled);
        core.Time.Advance(MemberSession.ConfirmationLife + TimeSpan.FromTicks(1));

        var answer = await core.Get<RotateEncryptionKey>().HandleAsync(request, tenant.Admin.Actor, Stop);

        Assert.Equal(AccessErrors.ConfirmationNeeded, answer.Error);
        Assert.Equal(old.Id, (await core.CurrentKeyAsync(tenant)).Id);
    }

    [Fact]
    public async Task A_window_keeps_the_old_private_part_until_its_end()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, decryptOnlyHours: 12);
        var old = await core.CurrentKeyAsync(tenant);

        await core.RotateKeyAsync(tenant, decryptOnlyHours: 12);

        var ended = (await core.KeysAsync(tenant)).Single(key => key.Id == old.Id);
        Assert.Equal(old.PrivateKey, ended.PrivateKey);
        Assert.Equal(core.Time.GetUtcNow().AddHours(12), ended.DecryptUntil);
    }

    [Theory]
    [InlineData(0, 1, RotationReason.Scheduled)]
    [InlineData(12, 13, RotationReason.Scheduled)]
    [InlineData(24, 25, RotationReason.Scheduled)]
    [InlineData(24, -1, RotationReason.Scheduled)]
    [InlineData(24, int.MaxValue, RotationReason.Scheduled)]
    [InlineData(24, 1, RotationReason.Compromised)]
    public async Task Refuses_a_window_that_policy_or_reason_forbids(int allowed, int asked, RotationReason reason)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, allowed);
        var old = await core.CurrentKeyAsync(tenant);

        var answer = await core.TryRotateKeyAsync(tenant, reason, decryptOnlyHours: asked);

        Assert.Equal((ErrorKind.Invalid, "DecryptOnlyHours"), (answer.Error!.Kind, Assert.Single(answer.Error.Fields.Keys)));
        Assert.Equal(old.Id, (await core.CurrentKeyAsync(tenant)).Id);
    }

    [Fact]
    public async Task Without_a_window_older_windows_close_too_and_with_one_they_stay()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, TenantPolicy.LongestDecryptOnlyHours);
        await core.RotateKeyAsync(tenant, decryptOnlyHours: 24);
        core.Time.Advance(TimeSpan.FromHours(1));
        await core.RotateKeyAsync(tenant, decryptOnlyHours: 1);
        Assert.Equal(3, (await core.KeysAsync(tenant)).Count(key => key.PrivateKey is not null));

        core.Time.Advance(TimeSpan.FromMinutes(1));
        await core.RotateKeyAsync(tenant, RotationReason.Compromised);

        Assert.Null(Assert.Single(await core.KeysAsync(tenant), key => key.PrivateKey is not null).EndedAt);
    }

    [Fact]
    public async Task Refuses_what_is_not_in_order_field_by_field()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        Assert.Equal(["Reason"], (await core.TryRotateKeyAsync(tenant, default)).Error!.Fields.Keys);
        Assert.Equal(["Comment"], (await core.TryRotateKeyAsync(tenant, comment: new string('c', 501))).Error!.Fields.Keys);
        Assert.Equal(["Comment"], (await core.TryRotateKeyAsync(tenant, comment: "a\0b")).Error!.Fields.Keys);
        Assert.Single(await core.KeysAsync(tenant));
        Assert.True((await core.TryRotateKeyAsync(tenant, comment: new string('c', 500))).Succeeded);
    }

    [Fact]
    public async Task A_key_that_is_no_longer_current_is_not_rotated_again()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var old = await core.CurrentKeyAsync(tenant);
        await core.RotateKeyAsync(tenant);

        var answer = await core.Get<RotateEncryptionKey>().HandleAsync(new RotateEncryptionKeyRequest(old.Id, RotationReason.Scheduled), tenant.Developer.Actor, Stop);

        Assert.Equal(EncryptionKeyErrors.RotatedMeanwhile, answer.Error);
        Assert.Equal(ErrorKind.Conflict, answer.Error!.Kind);
        Assert.Equal(2, (await core.KeysAsync(tenant)).Count);
    }

    public sealed class OnSqlite(SqliteCore core) : RotateEncryptionKeyTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : RotateEncryptionKeyTests(core), IClassFixture<PostgreSqlCore>;
}
