using System.Text;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.EncryptionKeys;

public sealed class TryItTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private const string Secret = "canary-4711-plaintext";

    [Fact]
    public async Task Each_kind_of_ciphertext_gets_its_answer_and_the_plaintext_is_nowhere()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Developer);
        await page.GoToKeysAsync();
        var fine = await page.EncryptAsync(Secret);
        var base64 = await page.GetByTestId("public-key").InnerTextAsync();

        await Assertions.Expect(await page.TryItAsync(fine)).ToContainTextAsync($"The current key opens it. The plaintext is {Secret.Length} bytes long.");
        await Assertions.Expect(await page.TryItAsync(await ByJavasDefaultAsync(base64))).ToContainTextAsync("MGF1-SHA-1");
        await Assertions.Expect(page.GetByTestId("try-result")).ToContainTextAsync("new OAEPParameterSpec(\"SHA-256\", \"MGF1\", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT)");
        await Assertions.Expect(await page.TryItAsync("no base64!")).ToContainTextAsync("malformed");
        await Assertions.Expect(await page.TryItAsync(fine[..^4])).ToContainTextAsync("381 bytes long; a ciphertext for this key has 384");
        await Assertions.Expect(await page.TryItAsync(new string('x', 1024 * 1024))).ToContainTextAsync("malformed");
        await Assertions.Expect(await page.TryItAsync("")).ToContainTextAsync("malformed");

        await page.RotateKeysAsync();
        await Assertions.Expect(await page.TryItAsync(fine)).ToContainTextAsync("cannot be opened");
        await Assertions.Expect(await page.TryItAsync(await page.EncryptAsync(Secret))).ToContainTextAsync("The current key opens it");

        Assert.DoesNotContain(Secret, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    /// <summary>A ciphertext as Java makes it by itself: MGF1 with SHA-1.</summary>
    internal static async Task<string> ByJavasDefaultAsync(string publicKey)
    {
        var file = Path.Combine(Path.GetTempPath(), $"finconsole-{Guid.NewGuid():N}.der");
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(publicKey), Stop);
        string[] arguments =
        [
            "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", file, "-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256", "-pkeyopt", "rsa_mgf1_md:sha1",
        ];
        var ciphertext = await KeysUi.OpenSslAsync(arguments, Encoding.UTF8.GetBytes(Secret));
        File.Delete(file);
        return Convert.ToBase64String(ciphertext!);
    }
}
