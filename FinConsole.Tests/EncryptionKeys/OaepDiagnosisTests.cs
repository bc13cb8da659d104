using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>What becomes known of a ciphertext that does not open, and at what cost.</summary>
public sealed class OaepDiagnosisTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private static readonly string[] OpenSslNames = ["sha1", "sha224", "sha256", "sha384", "sha512"];

    [Fact]
    public async Task Both_digests_of_every_pair_are_named()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        Assert.Equal(25, OaepDigests.All.Count);

        foreach (var digests in OaepDigests.All)
        {
            var ciphertext = await KeySteps.EncryptByOpenSslAsync(key, OpenSslNames[(int)digests.Hash], OpenSslNames[(int)digests.Mgf1]);

            var tried = await core.TryOpenAsync(tenant, ciphertext);

            Assert.Equal(digests, tried.Key?.Digests);
            Assert.Equal(digests == OaepDigests.Standard ? TriedOutcome.Opens : TriedOutcome.OtherDigests, tried.Answer);
        }
    }

    [Fact]
    public async Task A_plaintext_that_could_not_match_as_a_password_is_reported()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        foreach (var (plaintext, flaw) in new (byte[], PlaintextFlaw?)[]
        {
            (Encoding.UTF8.GetBytes("größer"), null), (Encoding.Latin1.GetBytes("größer"), PlaintextFlaw.NotUtf8), (Encoding.Unicode.GetBytes("4711"), PlaintextFlaw.ContainsNul),
            ([0xEF, 0xBB, 0xBF, .. "4711"u8], PlaintextFlaw.ByteOrderMark), ([.. "4711\n"u8], PlaintextFlaw.LineBreak), ([.. "4711\r\n"u8], PlaintextFlaw.LineBreak), ([], null),
        })
        {
            var tried = await core.TryOpenAsync(tenant, OaepCiphertexts.Encrypt(key, plaintext));
            Assert.Equal((TriedOutcome.Opens, plaintext.Length, flaw), (tried.Answer, tried.Length, tried.Flaw));
        }
    }

    [Fact]
    public async Task Every_failure_costs_the_same_work_whatever_is_wrong()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, decryptOnlyHours: 4);
        var old = await core.CurrentKeyAsync(tenant);
        var key = await core.RotateKeyAsync(tenant, decryptOnlyHours: 4);
        var failures = await OaepCiphertexts.FailuresAsync(key, old);
        await using var context = core.Db.Open(tenant.Id);

        var tried = await core.Get<PayloadOpener>().TryAsync(context, null, [.. failures.Values], Stop);

        Assert.All(tried, field => Assert.Null(field.Opened));
        Assert.All(tried, field => Assert.Equal("2 decryptions, 2 diagnoses", field.Work.ToString()));
        tried = await core.Get<PayloadOpener>().TryAsync(context, key.Id, [.. failures.Values], Stop);
        Assert.All(tried, field => Assert.Equal("1 decryptions, 1 diagnoses", field.Work.ToString()));
    }

    [Fact]
    public async Task Pkcs1_padding_is_answered_like_junk_also_where_it_is_perfect()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        await using var context = core.Db.Open(tenant.Id);
        string[] texts = [Convert.ToBase64String(rsa.Encrypt("4711"u8.ToArray(), RSAEncryptionPadding.Pkcs1)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(384))];

        var tried = await core.Get<PayloadOpener>().TryAsync(context, null, texts, Stop);

        Assert.All(tried, field => Assert.Equal((null, FieldFailure.CannotDecrypt, null, "1 decryptions, 1 diagnoses"), (field.Opened, field.Failure, field.Digests, field.Work.ToString())));
        Assert.Equal(new TriedCiphertext(TriedOutcome.CannotBeOpened), await core.TryOpenAsync(tenant, texts[0]));
    }

    [Fact]
    public async Task Right_digests_in_front_of_a_broken_padding_open_nothing()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, mgf1Sha1: true);
        var key = await core.CurrentKeyAsync(tenant);

        foreach (var digests in new[] { OaepDigests.Standard, OaepDigests.Mgf1Sha1 })
            Assert.Equal(new TriedCiphertext(TriedOutcome.CannotBeOpened), await core.TryOpenAsync(tenant, OaepCiphertexts.WithoutSeparator(key, digests)));
    }

    [Fact]
    public async Task A_sign_in_costs_the_same_work_for_anybodys_ciphertext()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        var secrets = core.Get<FinConsole.Core.EncryptionKeys.Programs.SignInSecrets>();
        string[] texts = [KeySteps.Encrypt(key), .. (await OaepCiphertexts.FailuresAsync(key, key)).Values.Where(CiphertextReading.LooksLikeCiphertext)];

        foreach (var text in texts)
        {
            foreach (var owner in new Guid?[] { tenant.Id, null })
            {
                var work = new TrialWork();
                var (opened, _) = await secrets.ReadAsync(new(text), owner, work, Stop);
                Assert.Equal("2 decryptions, 2 diagnoses", work.ToString());
                Assert.Equal(text == texts[0] && owner is not null ? KeySteps.Plaintext : null, opened.Text?.Reveal());
            }
        }
    }
}
