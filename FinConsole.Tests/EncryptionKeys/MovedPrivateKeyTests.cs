using System.Collections.Frozen;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>Somebody who can write to the database moves a private key to another row, or alters one: it is refused wherever it is needed.</summary>
public abstract class MovedPrivateKeyTests(CoreHost core)
{
    private static readonly Actor Service = new(ActorKind.Service, Tenant.Operator, Guid.NewGuid(), "payments api", null, TestTenants.Origin)
    {
        Granted = new[] { Permission.DecryptPayloads }.ToFrozenSet(),
    };

    public enum Alteration
    {
        OtherTenants,
        OwnPrevious,
        Damaged,
        Empty,
    }

    public static TheoryData<Alteration> Alterations => [.. Enum.GetValues<Alteration>()];

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task It_is_exported_to_nobody_and_the_try_is_written_down(Alteration alteration)
    {
        var tenant = await AlterAsync(alteration);

        Result<ExportedPrivateKey> answer = default;
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => answer = await core.Get<ExportPrivateKey>().HandleAsync(
            new Secret("orchard copper lantern Zürich 82"), await core.NewSessionAsync(tenant.Admin), Stop)));

        Assert.Equal(EncryptionKeyErrors.Unreadable, answer.Error);
        Assert.Equal((AuditAction.EncryptionKeyExport, AuditResult.Failure), (entry.Action, entry.Result));
    }

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task Whoever_tries_a_ciphertext_is_told_so(Alteration alteration)
    {
        var tenant = await AlterAsync(alteration);
        Assert.Equal(new TriedCiphertext(TriedOutcome.KeyUnreadable), await core.TryOpenAsync(tenant, KeySteps.Encrypt(await core.CurrentKeyAsync(tenant))));
    }

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task Payloads_and_fields_are_answered_that_they_do_not_open_and_no_use_is_counted(Alteration alteration)
    {
        var tenant = await AlterAsync(alteration);
        var ciphertext = KeySteps.Encrypt(await core.CurrentKeyAsync(tenant));

        Assert.Equal(EncryptionKeyErrors.NotOpened, (await core.Get<CiphertextOpener>().DecryptAsync(tenant.Id, ciphertext, Stop)).Error);
        var payload = await core.Get<DecryptPayload>().HandleAsync(new DecryptPayloadRequest(tenant.Id, null, new Dictionary<string, string> { ["pin"] = ciphertext }), Service, Stop);

        Assert.Equal(FieldFailure.CannotDecrypt, Assert.Single(payload.Value!).Value.Failure);
        Assert.Equal(0, (await core.CurrentKeyAsync(tenant)).UseCount);
    }

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task A_new_key_takes_its_place(Alteration alteration)
    {
        var tenant = await AlterAsync(alteration);

        var key = await core.RotateKeyAsync(tenant);

        Assert.Equal(TriedOutcome.Opens, (await core.TryOpenAsync(tenant, KeySteps.Encrypt(key))).Answer);
    }

    private async Task<TestTenant> AlterAsync(Alteration alteration)
    {
        var (tenant, other) = (await core.NewTenantWithKeyAsync(), await core.NewTenantWithKeyAsync());
        var previous = await core.CurrentKeyAsync(tenant);
        await core.RotateKeyAsync(tenant);
        var current = await core.CurrentKeyAsync(tenant);
        var damaged = current.PrivateKey!.ToArray();
        damaged[^1] ^= 1;
        var stored = alteration switch
        {
            Alteration.OtherTenants => (await core.CurrentKeyAsync(other)).PrivateKey!,
            Alteration.OwnPrevious => previous.PrivateKey!,
            Alteration.Damaged => damaged,
            _ => [],
        };
        await using var db = core.Db.Open(tenant.Id);
        await db.Set<EncryptionKey>().Where(key => key.Id == current.Id).ExecuteUpdateAsync(set => set.SetProperty(key => key.PrivateKey, stored), Stop);
        return tenant;
    }

    public sealed class OnSqlite(SqliteCore core) : MovedPrivateKeyTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : MovedPrivateKeyTests(core), IClassFixture<PostgreSqlCore>;
}
