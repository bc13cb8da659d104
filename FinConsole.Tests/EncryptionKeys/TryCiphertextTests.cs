using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

public abstract class TryCiphertextTests(CoreHost core)
{
    private static readonly int PlaintextLength = Encoding.UTF8.GetByteCount(KeySteps.Plaintext);

    [Fact]
    public async Task The_current_key_opens_what_was_made_for_it()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);

        var tried = await core.TryOpenAsync(tenant, KeySteps.Encrypt(key));

        Assert.Equal(new TriedCiphertext(TriedOutcome.Opens, new OpeningKey(key.Id, OaepDigests.Standard, null), PlaintextLength), tried);
        Assert.Equal(0, (await core.TryOpenAsync(tenant, KeySteps.Encrypt(key, ""))).Length);
    }

    [Fact]
    public async Task Line_breaks_and_spaces_do_no_harm()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var text = KeySteps.Encrypt(await core.CurrentKeyAsync(tenant));
        var broken = "  " + string.Join("\r\n", text.Chunk(64).Select(line => new string(line))) + "\n";
        Assert.Equal(TriedOutcome.Opens, (await core.TryOpenAsync(tenant, broken)).Answer);
    }

    [Fact]
    public async Task It_counts_as_no_use_and_leaves_no_trace()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        Assert.Empty(await core.AuditOfAsync(tenant.Id, () => core.TryOpenAsync(tenant, KeySteps.Encrypt(key))));
        Assert.Equal((0L, null), ((await core.CurrentKeyAsync(tenant)).UseCount, (await core.CurrentKeyAsync(tenant)).LastUsedAt));
    }

    [Fact]
    public async Task After_a_rotation_nothing_old_opens()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var text = KeySteps.Encrypt(await core.CurrentKeyAsync(tenant));
        await core.RotateKeyAsync(tenant);
        Assert.Equal(new TriedCiphertext(TriedOutcome.CannotBeOpened), await core.TryOpenAsync(tenant, text));
    }

    [Fact]
    public async Task A_previous_key_opens_until_its_window_closes_to_the_tick_though_no_sweep_came_by()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, decryptOnlyHours: 2);
        var old = await core.CurrentKeyAsync(tenant);
        var text = KeySteps.Encrypt(old);
        await core.RotateKeyAsync(tenant, decryptOnlyHours: 2);
        var end = core.Time.GetUtcNow().AddHours(2);

        core.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        Assert.Equal(new TriedCiphertext(TriedOutcome.Opens, new OpeningKey(old.Id, OaepDigests.Standard, end), PlaintextLength), await core.TryOpenAsync(tenant, text));
        core.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TriedOutcome.CannotBeOpened, (await core.TryOpenAsync(tenant, text)).Answer);
        Assert.NotNull((await core.KeysAsync(tenant)).Single(key => key.Id == old.Id).PrivateKey);
    }

    [Fact]
    public async Task Mgf1_with_Sha1_is_recognised_and_the_key_named()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, decryptOnlyHours: 24, mgf1Sha1: true);
        var old = await core.CurrentKeyAsync(tenant);
        var current = await core.RotateKeyAsync(tenant, decryptOnlyHours: 24);

        var tried = await core.TryOpenAsync(tenant, await KeySteps.EncryptByOpenSslAsync(current));
        Assert.Equal(new TriedCiphertext(TriedOutcome.OtherDigests, new OpeningKey(current.Id, OaepDigests.Mgf1Sha1, null), PlaintextLength), tried);
        tried = await core.TryOpenAsync(tenant, await KeySteps.EncryptByOpenSslAsync(old));
        Assert.Equal((TriedOutcome.OtherDigests, old.Id, PlaintextLength), (tried.Answer, tried.Key!.KeyId, tried.Length));
    }

    [Fact]
    public async Task Mgf1_with_Sha1_is_recognised_and_not_decrypted_where_the_policy_does_not_allow_it()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);

        var tried = await core.TryOpenAsync(tenant, await KeySteps.EncryptByOpenSslAsync(key));

        Assert.Equal(new TriedCiphertext(TriedOutcome.OtherDigests, new OpeningKey(key.Id, OaepDigests.Mgf1Sha1, null)), tried);
    }

    [Theory]
    [InlineData("sha1", "sha1")]
    [InlineData("sha512", "sha512")]
    [InlineData("sha256", "sha512")]
    public async Task Other_digests_open_nothing(string oaep, string mgf1)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, mgf1Sha1: true);
        var text = await KeySteps.EncryptByOpenSslAsync(await core.CurrentKeyAsync(tenant), oaep, mgf1);
        var tried = await core.TryOpenAsync(tenant, text);
        Assert.Equal((TriedOutcome.OtherDigests, null), (tried.Answer, tried.Length));
    }

    [Fact]
    public async Task What_is_damaged_or_for_somebody_elses_key_cannot_be_opened()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var bytes = Convert.FromBase64String(KeySteps.Encrypt(await core.CurrentKeyAsync(tenant)));
        bytes[100] ^= 1;
        var tooLarge = new byte[384];
        Array.Fill(tooLarge, (byte)0xff);
        foreach (var damaged in new[] { bytes, new byte[384], tooLarge, RandomNumberGenerator.GetBytes(384) })
            Assert.Equal(TriedOutcome.CannotBeOpened, (await core.TryOpenAsync(tenant, Convert.ToBase64String(damaged))).Answer);
    }

    [Fact]
    public async Task What_is_no_Base64_or_of_a_wrong_length_is_malformed_and_why_is_said()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        foreach (var (text, why) in new[]
        {
            ("", "nothing here yet"), ("   ", "nothing here yet"), ("no base64!", "not Base64"), (new string('A', 5000), "not Base64"), (Convert.ToBase64String(new byte[383]), "383"),
            (Convert.ToBase64String(new byte[385]), "385"), ("AAAA", "384"),
        })
        {
            var tried = await core.TryOpenAsync(tenant, text);
            Assert.Equal((TriedOutcome.Malformed, null, null), (tried.Answer, tried.Key, tried.Length));
            Assert.Contains(why, tried.Fault, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_and_answers(string name)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        Assert.Equal(TriedOutcome.Malformed, (await core.TryOpenAsync(tenant, NaughtyStrings.All[name])).Answer);
    }

    [Fact]
    public async Task After_keys_have_grown_a_ciphertext_of_the_old_length_is_old_and_not_malformed()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var old = KeySteps.Encrypt(await core.CurrentKeyAsync(tenant));
        await using var grown = core.NewInstance(services => services.Configure<EncryptionKeyOptions>(options => options.Size = 4096));
        var request = new RotateEncryptionKeyRequest((await core.CurrentKeyAsync(tenant)).Id, RotationReason.Other);
        Assert.True((await grown.GetRequiredService<RotateEncryptionKey>().HandleAsync(request, tenant.Developer.Actor, Stop)).Succeeded);

        var key = await core.CurrentKeyAsync(tenant);
        Assert.Equal(4096, key.Size);
        Assert.Equal(TriedOutcome.Opens, (await core.TryOpenAsync(tenant, KeySteps.Encrypt(key))).Answer);
        Assert.Equal(OaepDigests.Mgf1Sha1, (await core.TryOpenAsync(tenant, await KeySteps.EncryptByOpenSslAsync(key))).Key?.Digests);
        Assert.Equal(TriedOutcome.CannotBeOpened, (await core.TryOpenAsync(tenant, old)).Answer);
        Assert.Contains("has 512", (await core.TryOpenAsync(tenant, "AAAA")).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tenants_ciphertext_is_not_opened()
    {
        var theirs = await core.NewTenantWithKeyAsync();
        var key = await core.RotateKeyAsync(theirs);
        var mine = await core.NewTenantWithKeyAsync();
        Assert.Equal(TriedOutcome.CannotBeOpened, (await core.TryOpenAsync(mine, KeySteps.Encrypt(key))).Answer);
    }

    public sealed class OnSqlite(SqliteCore core) : TryCiphertextTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TryCiphertextTests(core), IClassFixture<PostgreSqlCore>;
}
