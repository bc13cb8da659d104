using System.Security.Cryptography;
using System.Text.Json;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>What the page and the API show of a tenant's keys.</summary>
public abstract class ReadEncryptionKeysTests(CoreHost core)
{
    [Fact]
    public async Task The_three_formats_are_one_key()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var row = await core.CurrentKeyAsync(tenant);

        var key = await GetAsync(tenant);

        using var pem = RSA.Create();
        pem.ImportFromPem(key.Pem);
        Assert.Equal(row.PublicKey, pem.ExportSubjectPublicKeyInfo());
        Assert.Equal(row.PublicKey, Convert.FromBase64String(key.PublicKey));
        var jwk = JsonDocument.Parse(key.Jwk).RootElement;
        Assert.Equal(
            ("RSA", row.Id.ToString(), "enc", "RSA-OAEP-256"),
            (jwk.GetProperty("kty").GetString(), jwk.GetProperty("kid").GetString(), jwk.GetProperty("use").GetString(), jwk.GetProperty("alg").GetString()));
        using var fromJwk = RSA.Create(new RSAParameters { Modulus = Bytes(jwk, "n"), Exponent = Bytes(jwk, "e") });
        Assert.Equal(row.PublicKey, fromJwk.ExportSubjectPublicKeyInfo());
        Assert.Equal(6, jwk.EnumerateObject().Count());
        Assert.Equal((row.Id, 3072, null, 0L, null), (key.KeyId, key.Size, key.CreatedBy, key.UseCount, key.LastUsedAt));
    }

    [Fact]
    public async Task The_fingerprint_is_what_OpenSSL_prints()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await GetAsync(tenant);
        var printed = System.Text.Encoding.ASCII.GetString(await Programs.RunAsync("openssl", ["dgst", "-sha256", "-c"], Convert.FromBase64String(key.PublicKey)));
        Assert.EndsWith(key.Fingerprint, printed.Trim(), StringComparison.Ordinal);
        Assert.Equal(95, key.Fingerprint.Length);
    }

    [Fact]
    public async Task The_policy_stands_beside_the_key()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        Assert.Equal((0, true), await PolicyAsync(tenant));
        await core.SetPolicyAsync(tenant, decryptOnlyHours: 6, export: false);
        Assert.Equal((6, false), await PolicyAsync(tenant));
    }

    [Fact]
    public async Task A_real_decryption_counts_and_one_that_fails_does_not()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var row = await core.CurrentKeyAsync(tenant);
        var opener = core.Get<CiphertextOpener>();
        for (var use = 0; use < 3; use++)
            (await opener.DecryptAsync(tenant.Id, KeySteps.Encrypt(row), Stop)).Value!.Dispose();
        await core.SetPolicyAsync(tenant, mgf1Sha1: true);
        var mgf1 = (await opener.DecryptAsync(tenant.Id, await KeySteps.EncryptByOpenSslAsync(row), Stop)).Value!;
        Assert.Equal(new OpeningKey(row.Id, OaepDigests.Mgf1Sha1, null), mgf1.Key);
        Assert.Equal(EncryptionKeyErrors.NotOpened, (await opener.DecryptAsync(tenant.Id, Convert.ToBase64String(new byte[384]), Stop)).Error);
        Assert.Equal(ErrorKind.Invalid, (await opener.DecryptAsync(tenant.Id, "no", Stop)).Error?.Kind);

        var key = await GetAsync(tenant);
        Assert.Equal((4L, core.Time.GetUtcNow()), (key.UseCount, key.LastUsedAt));
    }

    [Fact]
    public async Task A_plaintext_is_overwritten_when_it_is_let_go_and_never_prints()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var opened = (await core.Get<CiphertextOpener>().DecryptAsync(tenant.Id, KeySteps.Encrypt(await core.CurrentKeyAsync(tenant)), Stop)).Value!;
        Assert.DoesNotContain("4711", $"{opened}", StringComparison.Ordinal);
        opened.Dispose();
        Assert.All(opened.Reveal().ToArray(), part => Assert.Equal(0, part));
    }

    [Fact]
    public async Task The_history_holds_every_key_with_who_and_why_the_newest_first()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, decryptOnlyHours: 2);
        core.Time.Advance(TimeSpan.FromDays(1));
        await core.RotateKeyAsync(tenant, RotationReason.Compromised, "Found in a repository");
        core.Time.Advance(TimeSpan.FromDays(1));
        await core.RotateKeyAsync(tenant, decryptOnlyHours: 2);

        var rows = (await ListAsync(tenant)).Items;

        var now = core.Time.GetUtcNow();
        var by = tenant.Developer.Email;
        Assert.Equal(
            [(now, (string?)by, null, null, null, null, null), (now.AddDays(-1), by, now, by, RotationReason.Scheduled, null, now.AddHours(2)),
                (now.AddDays(-2), null, now.AddDays(-1), by, RotationReason.Compromised, "Found in a repository", (DateTimeOffset?)null)],
            rows.Select(row => (row.CreatedAt, row.CreatedBy, row.EndedAt, row.EndedBy, row.EndReason, row.EndComment, row.DecryptUntil)));
        Assert.Equal(3, rows.Select(row => row.Fingerprint).Distinct().Count());
        core.Time.Advance(TimeSpan.FromHours(2));
        Assert.All((await ListAsync(tenant)).Items, row => Assert.Null(row.DecryptUntil));
    }

    [Fact]
    public async Task The_history_pages_through_keys_of_one_moment_without_a_gap_or_a_double()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        for (var round = 0; round < 4; round++)
            await core.RotateKeyAsync(tenant);

        List<Guid> seen = [];
        string? cursor = null;
        do
        {
            var page = await ListAsync(tenant, cursor, 2);
            Assert.InRange(page.Items.Count, 1, 2);
            seen.AddRange(page.Items.Select(row => row.KeyId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(5, seen.Count);
        Assert.Equal((await core.KeysAsync(tenant)).Select(key => key.Id).ToHashSet(), seen.ToHashSet());
        Assert.Equal(5, (await ListAsync(tenant, "junk", 100)).Items.Count);
    }

    private static byte[] Bytes(JsonElement jwk, string name) => System.Buffers.Text.Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());

    private async Task<EncryptionKeyView> GetAsync(TestTenant tenant) =>
        (await core.Get<GetEncryptionKey>().HandleAsync(await core.NewSessionAsync(tenant.Developer), Stop)).Value!;

    private async Task<(int, bool)> PolicyAsync(TestTenant tenant)
    {
        var key = await GetAsync(tenant);
        return (key.LongestWindow, key.MayBeExported);
    }

    private async Task<Page<EncryptionKeyRow>> ListAsync(TestTenant tenant, string? cursor = null, int limit = 50) =>
        (await core.Get<ListEncryptionKeys>().HandleAsync(cursor, limit, await core.NewSessionAsync(tenant.Developer), Stop)).Value!;

    public sealed class OnSqlite(SqliteCore core) : ReadEncryptionKeysTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ReadEncryptionKeysTests(core), IClassFixture<PostgreSqlCore>;
}
