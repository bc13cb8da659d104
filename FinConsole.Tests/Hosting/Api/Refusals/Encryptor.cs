using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>Encrypts as a tenant's program does, and as programs do that make a mistake.</summary>
internal sealed class Encryptor(byte[] publicKey)
{
    public static async Task<Encryptor> OfAsync(ProvokingConsole console, TestTenant tenant)
    {
        await using var db = console.Services.GetRequiredService<ConsoleDb>().Open(tenant.Id);
        return new Encryptor(await db.Set<EncryptionKey>().Where(key => key.EndedAt == null).Select(key => key.PublicKey).SingleAsync(Stop));
    }

    /// <summary>Which refusal each mistake meets, and a secret that makes it.</summary>
    public IEnumerable<(Error Refusal, string Secret)> Mistakes()
    {
        var foreign = new byte[EncryptionKey.SmallestSize / 8];
        RandomNumberGenerator.Fill(foreign.AsSpan(1));
        // As long as a ciphertext for another size of key.
        yield return (EncryptionKeyErrors.CiphertextNeeded, Convert.ToBase64String(RandomNumberGenerator.GetBytes(256)));
        yield return (EncryptionKeyErrors.WrongForm(CiphertextForm.Hex), Convert.ToHexStringLower(foreign));
        yield return (Refusal("wrong_padding"), Of("a secret"u8, RSAEncryptionPadding.OaepSHA1));
        yield return (EncryptionKeyErrors.NotOpened, Convert.ToBase64String(foreign));
        yield return (EncryptionKeyErrors.NoText, Of([0x67, 0x72, 0xF6, 0xDF], RSAEncryptionPadding.OaepSHA256));
    }

    public string Of(string text) => Of(Encoding.UTF8.GetBytes(text), RSAEncryptionPadding.OaepSHA256);

    private string Of(ReadOnlySpan<byte> bytes, RSAEncryptionPadding padding)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        return Convert.ToBase64String(rsa.Encrypt(bytes, padding));
    }

    private static Error Refusal(string code) => RefusalSets.Encrypted.Single(each => each.Code == code);
}
