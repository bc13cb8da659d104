using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Data;
using FinConsole.Core.Policies;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.EncryptionKeys;

/// <summary>What a person does on the encryption keys page, by the names that outside tools rely on.</summary>
internal static class KeysUi
{
    public static async Task GoToKeysAsync(this IPage page)
    {
        await page.GotoAsync(ConsoleUrls.EncryptionKeys);
        await Assertions.Expect(page.GetByTestId("public-key")).ToBeVisibleAsync();
    }

    public static async Task<string> KeyIdAsync(this IPage page) => await page.GetByTestId("kid").InnerTextAsync();

    public static ILocator KeyRow(this IPage page, string keyId) => page.GetByTestId("key-row").Filter(new() { HasText = keyId });

    public static async Task<ILocator> OpenRotateKeysAsync(this IPage page)
    {
        await page.Button("Rotate keys").ClickAsync();
        var dialog = page.DialogNamed("Rotate encryption keys");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    /// <summary>Rotates with what is preselected; returns the id of the key before.</summary>
    public static async Task<string> RotateKeysAsync(this IPage page)
    {
        var before = await page.KeyIdAsync();
        var dialog = await page.OpenRotateKeysAsync();
        await dialog.Button("Rotate keys").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByTestId("kid")).Not.ToHaveTextAsync(before);
        return before;
    }

    /// <summary>Encrypts for the key that the page shows, as its guide says.</summary>
    public static async Task<string> EncryptAsync(this IPage page, string secret)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(await page.GetByTestId("public-key").InnerTextAsync()), out _);
        return Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(secret), RSAEncryptionPadding.OaepSHA256));
    }

    /// <summary>Pastes a ciphertext and answers what the page says about it.</summary>
    public static async Task<ILocator> TryItAsync(this IPage page, string ciphertext)
    {
        await page.GetByLabel("Ciphertext", new() { Exact = true }).FillAsync(ciphertext);
        await page.Button("Try it").ClickAsync();
        return page.GetByTestId("try-result");
    }

    /// <summary>What a press on this saves: the file's name and its text.</summary>
    public static async Task<(string Name, string Text)> DownloadAsync(this IPage page, ILocator button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        return (download.SuggestedFilename, await File.ReadAllTextAsync((await download.PathAsync())!, Stop));
    }

    /// <summary>What OpenSSL's program writes; null when it refuses.</summary>
    public static async Task<byte[]?> OpenSslAsync(IEnumerable<string> arguments, byte[] input)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, Stop);
        var error = process.StandardError.ReadToEndAsync(Stop);
        await process.StandardInput.BaseStream.WriteAsync(input, Stop);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Stop);
        await reading;
        Assert.True(process.ExitCode == 0 || (await error).Length > 0);
        return process.ExitCode == 0 ? output.ToArray() : null;
    }

    public static async Task SetKeyPolicyAsync(this ConsoleServer server, OwnTenant tenant, int decryptOnlyHours = 0, bool export = true)
    {
        await using var context = server.Get<ConsoleDb>().Open(tenant.Id);
        context.Add(new TenantPolicy { TenantId = tenant.Id, DecryptOnlyHours = decryptOnlyHours, PrivateKeyExport = export });
        await context.SaveChangesAsync(Stop);
    }
}
