using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>What tests of encryption keys do again and again. A step signs its member in anew: the clock may have been moved since.</summary>
internal static class KeySteps
{
    public const string Plaintext = "PIN 4711 für Zoë";

    private static readonly byte[] FirstPair = MakePair();

    /// <summary>A tenant with the pair that onboarding would have made, without onboarding's second of RSA.</summary>
    public static async Task<TestTenant> NewTenantWithKeyAsync(this CoreHost core)
    {
        var tenant = await core.NewTenantAsync();
        await core.AddKeyAsync(tenant);
        return tenant;
    }

    public static Task<EncryptionKey> AddKeyAsync(this CoreHost core, TestTenant tenant) => AddKeyAsync(core.Services, tenant);

    /// <summary>The same in any host.</summary>
    public static async Task<EncryptionKey> AddKeyAsync(IServiceProvider services, TestTenant tenant)
    {
        var time = services.GetRequiredService<TimeProvider>();
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(FirstPair, out _);
        var id = Ids.New(time);
        var key = new EncryptionKey
        {
            Id = id,
            TenantId = tenant.Id,
            Size = rsa.KeySize,
            PublicKey = rsa.ExportSubjectPublicKeyInfo(),
            PrivateKey = services.GetRequiredService<RecordProtector>().Protect(KeyPairs.ProtectedKind, tenant.Id, id, FirstPair),
            CreatedAt = time.GetUtcNow(),
        };
        await using var db = services.GetRequiredService<ConsoleDb>().Open(tenant.Id);
        db.Add(key);
        await db.SaveChangesAsync(Stop);
        return key;
    }

    /// <summary>The PKCS#8 of every tenant's first pair.</summary>
    public static byte[] FirstPrivateKey => [.. FirstPair];

    public static async Task SetPolicyAsync(this CoreHost core, TestTenant tenant, int decryptOnlyHours = 0, bool export = true, bool mgf1Sha1 = false, bool encrypted = false)
    {
        await using var db = core.Db.Open(tenant.Id);
        var policy = await db.Set<TenantPolicy>().SingleOrDefaultAsync(Stop) ?? db.Add(new TenantPolicy { TenantId = tenant.Id }).Entity;
        (policy.DecryptOnlyHours, policy.PrivateKeyExport, policy.AllowMgf1Sha1, policy.RequireEncryptedSecrets) = (decryptOnlyHours, export, mgf1Sha1, encrypted);
        await db.SaveChangesAsync(Stop);
    }

    public static async Task<Result<Guid>> TryRotateKeyAsync(
        this CoreHost core, TestTenant tenant, RotationReason reason = RotationReason.Scheduled, string? comment = null, int decryptOnlyHours = 0)
    {
        var request = new RotateEncryptionKeyRequest((await core.CurrentKeyAsync(tenant)).Id, reason, comment, decryptOnlyHours);
        return await core.Get<RotateEncryptionKey>().HandleAsync(request, await core.NewSessionAsync(tenant.Developer), Stop);
    }

    /// <summary>Rotates; returns the new key as the database has it.</summary>
    public static async Task<EncryptionKey> RotateKeyAsync(
        this CoreHost core, TestTenant tenant, RotationReason reason = RotationReason.Scheduled, string? comment = null, int decryptOnlyHours = 0)
    {
        var rotated = await core.TryRotateKeyAsync(tenant, reason, comment, decryptOnlyHours);
        Assert.True(rotated.Succeeded, rotated.Error?.ToString());
        var key = await core.CurrentKeyAsync(tenant);
        Assert.Equal(rotated.Value, key.Id);
        return key;
    }

    /// <summary>The tenant's keys as the database has them, the oldest first.</summary>
    public static async Task<List<EncryptionKey>> KeysAsync(this CoreHost core, TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        return [.. (await db.Set<EncryptionKey>().AsNoTracking().ToListAsync(Stop)).OrderBy(key => key.CreatedAt).ThenBy(key => key.EndedAt is null).ThenBy(key => key.EndedAt)];
    }

    public static async Task<EncryptionKey> CurrentKeyAsync(this CoreHost core, TestTenant tenant) => (await core.KeysAsync(tenant)).Single(key => key.EndedAt is null);

    public static async Task<TriedCiphertext> TryOpenAsync(this CoreHost core, TestTenant tenant, string ciphertext)
    {
        var tried = await core.Get<TryCiphertext>().HandleAsync(ciphertext, await core.NewSessionAsync(tenant.Developer), Stop);
        Assert.True(tried.Succeeded, tried.Error?.ToString());
        return tried.Value;
    }

    /// <summary>Encrypts as the guide says.</summary>
    public static string Encrypt(EncryptionKey key, string plaintext = Plaintext)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        return Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(plaintext), RSAEncryptionPadding.OaepSHA256));
    }

    /// <summary>Encrypts by OpenSSL's program, with these digests.</summary>
    public static async Task<string> EncryptByOpenSslAsync(EncryptionKey key, string oaepDigest = "sha256", string mgf1Digest = "sha1", string plaintext = Plaintext)
    {
        var file = Path.Combine(Path.GetTempPath(), $"finconsole-{Guid.NewGuid():N}.der");
        await File.WriteAllBytesAsync(file, key.PublicKey, Stop);
        try
        {
            string[] arguments =
            [
                "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", file, "-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", $"rsa_oaep_md:{oaepDigest}",
                "-pkeyopt", $"rsa_mgf1_md:{mgf1Digest}",
            ];
            return Convert.ToBase64String(await Programs.RunAsync("openssl", arguments, Encoding.UTF8.GetBytes(plaintext)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte[] MakePair()
    {
        using var rsa = RSA.Create(EncryptionKey.SmallestSize);
        return rsa.ExportPkcs8PrivateKey();
    }
}
