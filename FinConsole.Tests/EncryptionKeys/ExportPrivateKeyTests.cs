using System.Security.Cryptography;
using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

public abstract class ExportPrivateKeyTests(CoreHost core)
{
    private const string Passphrase = "orchard copper lantern Zürich 82";

    [Fact]
    public async Task OpenSSL_opens_the_file_with_its_passphrase_and_not_without()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.RotateKeyAsync(tenant);
        var exported = await ExportAsync(tenant);
        var file = Path.Combine(Path.GetTempPath(), $"finconsole-{Guid.NewGuid():N}.pem");
        await File.WriteAllTextAsync(file, exported.Pem.Reveal(), Stop);
        try
        {
            var publicPart = await Programs.RunAsync("openssl", ["pkey", "-in", file, "-passin", $"pass:{Passphrase}", "-pubout", "-outform", "DER"]);
            var wrong = await Programs.TryAsync("openssl", ["pkey", "-in", file, "-passin", "pass:orchard copper lantern Zürich 83", "-noout"]);
            var none = await Programs.TryAsync("openssl", ["pkey", "-in", file, "-passin", "pass:", "-noout"]);
            var shape = System.Text.Encoding.ASCII.GetString(await Programs.RunAsync("openssl", ["asn1parse", "-in", file]));

            Assert.Equal(key.PublicKey, publicPart);
            Assert.Equal(key.Id, exported.KeyId);
            Assert.True(wrong.Code != 0 && none.Code != 0);
            foreach (var part in new[] { "PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", $":{600_000:X6}" })
                Assert.Contains(part, shape, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Is_audited_without_anything_secret()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => ExportAsync(tenant)));

        Assert.Equal((AuditAction.EncryptionKeyExport, AuditResult.Success, key.Id, tenant.Admin.Email), (entry.Action, entry.Result, entry.ResourceId, entry.ActorName));
        Assert.DoesNotContain("orchard", entry.Metadata, StringComparison.Ordinal);
        Assert.Contains("fingerprint", entry.Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_forbids_it_is_obeyed_and_the_try_is_written_down()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, export: false);

        Result<ExportedPrivateKey> answer = default;
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => answer = await TryExportAsync(tenant)));

        Assert.Equal(EncryptionKeyErrors.ExportForbidden, answer.Error);
        Assert.Null(answer.Value);
        Assert.Equal((AuditAction.EncryptionKeyExport, AuditResult.Failure), (entry.Action, entry.Result));
    }

    [Theory]
    [InlineData("", "at least 15")]
    [InlineData("fourteen chars", "at least 15")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "easy to guess")]
    [InlineData("correcthorsebatterystaple1", null)]
    public async Task Judges_the_passphrase_as_a_password_that_stands_alone(string passphrase, string? why)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.ChangeAsync(tenant.Admin, member => member.TwoFactorEnabled = true);

        var answer = await TryExportAsync(tenant, passphrase);

        Assert.Equal(why is null, answer.Succeeded);
        if (why is not null)
        {
            Assert.Contains(why, answer.Error!.Fields["Passphrase"], StringComparison.Ordinal);
            Assert.Empty(await core.AuditAsync(tenant.Id));
        }
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Any_passphrase_opens_the_file_or_is_refused(string name)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var answer = await TryExportAsync(tenant, NaughtyStrings.All[name]);
        using var rsa = RSA.Create();
        if (answer.Succeeded)
            rsa.ImportFromEncryptedPem(answer.Value.Pem.Reveal(), NaughtyStrings.All[name]);
        else
            Assert.Equal(["Passphrase"], answer.Error.Fields.Keys);
    }

    [Theory]
    [InlineData("orchard copper\nlantern 82")]
    [InlineData("orchard copper\0lantern 82")]
    [InlineData("orchard copper \u202elantern 82")]
    [InlineData("orchard copper \ud83d lantern 82")]
    public async Task Refuses_a_passphrase_that_nobody_can_type_again(string passphrase) =>
        Assert.Equal(["Passphrase"], (await TryExportAsync(await core.NewTenantWithKeyAsync(), passphrase)).Error?.Fields.Keys);

    [Fact]
    public async Task A_confirmation_older_than_five_minutes_is_not_enough()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        core.Time.Advance(MemberSession.ConfirmationLife + TimeSpan.FromTicks(1));
        var answer = await core.Get<ExportPrivateKey>().HandleAsync(new Secret(Passphrase), tenant.Admin.Actor, Stop);
        Assert.Equal(AccessErrors.ConfirmationNeeded, answer.Error);
        Assert.Empty(await core.AuditAsync(tenant.Id));
    }

    [Fact]
    public async Task The_answer_prints_without_the_key()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        Assert.DoesNotContain("BEGIN", $"{await ExportAsync(tenant)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_exported_opens_what_clients_send()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var ciphertext = KeySteps.Encrypt(await core.CurrentKeyAsync(tenant));
        using var rsa = RSA.Create();
        rsa.ImportFromEncryptedPem((await ExportAsync(tenant)).Pem.Reveal(), Passphrase);
        Assert.Equal(KeySteps.Plaintext, System.Text.Encoding.UTF8.GetString(rsa.Decrypt(Convert.FromBase64String(ciphertext), RSAEncryptionPadding.OaepSHA256)));
    }

    private async Task<Result<ExportedPrivateKey>> TryExportAsync(TestTenant tenant, string passphrase = Passphrase) =>
        await core.Get<ExportPrivateKey>().HandleAsync(new Secret(passphrase), await core.NewSessionAsync(tenant.Admin), Stop);

    private async Task<ExportedPrivateKey> ExportAsync(TestTenant tenant)
    {
        var exported = await TryExportAsync(tenant);
        Assert.True(exported.Succeeded, exported.Error?.ToString());
        return exported.Value;
    }

    public sealed class OnSqlite(SqliteCore core) : ExportPrivateKeyTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ExportPrivateKeyTests(core), IClassFixture<PostgreSqlCore>;
}
