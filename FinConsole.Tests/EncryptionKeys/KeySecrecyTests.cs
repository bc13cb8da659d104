using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;
using Secret = FinConsole.Core.Common.Secret;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>A canary: a private key is found nowhere, whatever was done with it.</summary>
public sealed class KeySecrecyTests
{
    private const string Passphrase = "canary orchard lantern 82";
    private const string Plaintext = "canary-plaintext-9917";

    [Fact]
    public async Task No_private_key_passphrase_or_plaintext_is_in_the_database_file_or_the_logs()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        using var log = new CapturedLog();
        await using var instance = core.NewInstance(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, decryptOnlyHours: 1);

        var privateKeys = await LiveAsync(instance, core, tenant);

        var files = core.DatabaseFiles();
        Assert.True(Canaries.Finds(files, (await core.CurrentKeyAsync(tenant)).PublicKey[64..256]), "The search does not even find the public key, which is there.");
        Assert.NotEmpty(log.Lines);
        byte[][] places = [.. files, Encoding.UTF8.GetBytes(string.Join('\n', log.Lines))];
        foreach (var canary in new[] { Passphrase, Plaintext, "ENCRYPTED PRIVATE KEY" })
            Assert.False(Canaries.Finds(places, canary), $"Somewhere stands {canary}");
        foreach (var number in privateKeys.SelectMany(SecretNumbers))
        {
            Assert.False(Canaries.Finds(places, number));
            Assert.False(Canaries.Finds(places, Convert.ToHexString(number)));
            Assert.False(Canaries.Finds(places, Convert.ToHexStringLower(number)));
            Assert.False(Canaries.Finds(places, Convert.ToBase64String(number[..30])));
        }
    }

    [Fact]
    public async Task The_database_without_the_certificate_of_its_key_ring_opens_nothing()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        var tenant = await core.NewTenantWithKeyAsync();
        var ciphertext = KeySteps.Encrypt(await core.RotateKeyAsync(tenant));
        Assert.Equal(TriedOutcome.Opens, (await core.TryOpenAsync(tenant, ciphertext)).Answer);

        await using var thief = core.NewThief();

        var tried = await thief.GetRequiredService<TryCiphertext>().HandleAsync(ciphertext, tenant.Admin.Actor, Stop);
        var exported = await thief.GetRequiredService<ExportPrivateKey>().HandleAsync(new Secret(Passphrase), tenant.Admin.Actor, Stop);
        Assert.Equal(TriedOutcome.KeyUnreadable, tried.Value!.Answer);
        Assert.Equal(EncryptionKeyErrors.Unreadable, exported.Error);
    }

    // Rotate, decrypt, try, export, rotate with a window, decrypt with the old one, erase. Returns the PKCS#8 of every key that there was.
    private static async Task<List<byte[]>> LiveAsync(ServiceProvider instance, SqliteCore core, TestTenant tenant)
    {
        List<byte[]> privateKeys = [KeySteps.FirstPrivateKey];
        await RotateAsync(instance, core, tenant, 0);
        var key = await core.CurrentKeyAsync(tenant);
        privateKeys.Add(core.Get<KeyPairs>().Reveal(tenant.Id, key.Id, key.PrivateKey!));
        var ciphertext = KeySteps.Encrypt(key, Plaintext);
        using (var opened = (await instance.GetRequiredService<CiphertextOpener>().DecryptAsync(tenant.Id, ciphertext, Stop)).Value!)
            Assert.Equal(Plaintext, Encoding.UTF8.GetString(opened.Reveal()));
        var mgf1 = await KeySteps.EncryptByOpenSslAsync(key, plaintext: Plaintext);
        Assert.Equal(TriedOutcome.OtherDigests, (await instance.GetRequiredService<TryCiphertext>().HandleAsync(mgf1, tenant.Admin.Actor, Stop)).Value!.Answer);
        Assert.True((await instance.GetRequiredService<ExportPrivateKey>().HandleAsync(new Secret(Passphrase), tenant.Admin.Actor, Stop)).Succeeded);
        await RotateAsync(instance, core, tenant, 1);
        Assert.True((await instance.GetRequiredService<CiphertextOpener>().DecryptAsync(tenant.Id, ciphertext, Stop)).Succeeded);
        core.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await instance.GetRequiredService<KeySweep>().RunAsync(Stop));
        return privateKeys;
    }

    private static async Task RotateAsync(ServiceProvider instance, SqliteCore core, TestTenant tenant, int hours)
    {
        var request = new RotateEncryptionKeyRequest((await core.CurrentKeyAsync(tenant)).Id, RotationReason.Other, "Canary", hours);
        Assert.True((await instance.GetRequiredService<RotateEncryptionKey>().HandleAsync(request, tenant.Admin.Actor, Stop)).Succeeded);
    }

    private static IEnumerable<byte[]> SecretNumbers(byte[] pkcs8)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        var numbers = rsa.ExportParameters(includePrivateParameters: true);
        return [numbers.D!, numbers.P!, numbers.Q!, numbers.DP!, numbers.DQ!, numbers.InverseQ!];
    }
}
