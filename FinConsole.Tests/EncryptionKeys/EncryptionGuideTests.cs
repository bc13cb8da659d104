using System.Text;
using System.Text.RegularExpressions;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.EncryptionKeys.Guide;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>The programs of the guide, taken out of it as a reader would, run by the real languages, and opened by the server.</summary>
public sealed partial class EncryptionGuideTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Theory]
    [InlineData("java")]
    [InlineData("javascript")]
    [InlineData("python")]
    [InlineData("csharp")]
    [InlineData("sh")]
    public async Task A_sample_makes_what_the_server_opens_until_the_keys_are_rotated(string language)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var before = await core.RotateKeyAsync(tenant);
        using var runner = new SampleRunner();
        var program = Assert.Single(BlocksOf(EncryptionGuide.Write(await ViewAsync(tenant)), language));

        var ciphertext = await runner.RunAsync(language, program, KeySteps.Plaintext);

        var tried = await core.TryOpenAsync(tenant, ciphertext);
        Assert.Equal((TriedOutcome.Opens, before.Id), (tried.Answer, tried.Key?.KeyId));
        using (var opened = (await core.Get<CiphertextOpener>().DecryptAsync(tenant.Id, ciphertext.Trim(), Stop)).Value!)
            Assert.Equal(KeySteps.Plaintext, Encoding.UTF8.GetString(opened.Reveal()));

        await core.RotateKeyAsync(tenant);
        Assert.Equal(TriedOutcome.CannotBeOpened, (await core.TryOpenAsync(tenant, ciphertext)).Answer);
        Assert.Equal(EncryptionKeyErrors.NotOpened, (await core.Get<CiphertextOpener>().DecryptAsync(tenant.Id, ciphertext, Stop)).Error);
    }

    [Fact]
    public async Task A_Java_client_that_does_not_spell_its_padding_out_is_recognised()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var current = await core.CurrentKeyAsync(tenant);
        using var runner = new SampleRunner();
        var program = Assert.Single(BlocksOf(EncryptionGuide.Write(await ViewAsync(tenant)), "java"));
        var usual = program
            .Replace("RSA/ECB/OAEPPadding", "RSA/ECB/OAEPWithSHA-256AndMGF1Padding", StringComparison.Ordinal)
            .Replace("cipher.init(Cipher.ENCRYPT_MODE, key, oaep);", "cipher.init(Cipher.ENCRYPT_MODE, key);", StringComparison.Ordinal);
        Assert.NotEqual(program, usual);

        var tried = await core.TryOpenAsync(tenant, await runner.RunAsync("java", usual, KeySteps.Plaintext));

        Assert.Equal((TriedOutcome.OtherDigests, new OpeningKey(current.Id, OaepDigests.Mgf1Sha1, null)), (tried.Answer, tried.Key));
    }

    [Fact]
    public async Task Names_this_tenants_key_and_leaves_no_gap()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await ViewAsync(tenant);
        var guide = EncryptionGuide.Write(key);
        Assert.DoesNotContain("{{", guide, StringComparison.Ordinal);
        foreach (var part in new[] { key.KeyId.ToString(), key.Fingerprint, key.PublicKey, key.Pem.Trim(), key.Jwk.Trim(), "RSA 3072", "up to 318 bytes", "384 bytes", "512 characters" })
            Assert.Contains(part, guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_secret_that_the_guide_names_fits_and_one_byte_more_does_not()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        Assert.Equal(318, (await core.TryOpenAsync(tenant, KeySteps.Encrypt(key, new string('x', 318)))).Length);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => KeySteps.Encrypt(key, new string('x', 319)));
    }

    [Fact]
    public async Task The_samples_of_the_page_are_those_of_the_guide()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await ViewAsync(tenant);
        var guide = EncryptionGuide.Write(key);
        var samples = EncryptionGuide.Samples(key);
        Assert.Equal(["Java", "JavaScript", "Python", "C#", "OpenSSL"], samples.Select(sample => sample.Language));
        Assert.All(samples, sample => Assert.Contains(sample.Text.TrimEnd(), guide, StringComparison.Ordinal));
    }

    private static IEnumerable<string> BlocksOf(string guide, string language) =>
        Block().Matches(guide).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value);

    private async Task<EncryptionKeyView> ViewAsync(TestTenant tenant) =>
        (await core.Get<GetEncryptionKey>().HandleAsync(await core.NewSessionAsync(tenant.Developer), Stop)).Value!;

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
