using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
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

    [Fact]
    public async Task Both_digests_are_named_and_the_line_that_fixes_each_client_stands_beside()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Developer);
        await page.GoToKeysAsync();
        var base64 = await page.GetByTestId("public-key").InnerTextAsync();

        var result = await page.TryItAsync(await ByOpenSslAsync(base64, "sha1", "sha1"));

        await Assertions.Expect(result).ToContainTextAsync("made for the current key, but with SHA-1 for the hash and MGF1-SHA-1 for the mask. Both have to be SHA-256. It is refused.");
        foreach (var client in new[] { "OpenSSL", "PHP", "Ruby", "Perl", "Node.js", "node-forge", "node-rsa", "Python: PyCryptodome", "Java", "C#" })
        {
            var summary = page.GetByTestId("try-fixes").Locator("summary").Filter(new() { HasTextRegex = new Regex("^" + Regex.Escape(client)) });
            await Assertions.Expect(summary).ToHaveCountAsync(1);
        }

        await Assertions.Expect(result).ToContainTextAsync("-pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256");
        await result.Locator("summary").Filter(new() { HasText = "Ruby" }).ClickAsync();
        await Assertions.Expect(result.GetByText("\"rsa_oaep_md\" => \"sha256\"")).ToBeVisibleAsync();
        result = await page.TryItAsync(await ByOpenSslAsync(base64, "sha512", "sha1"));
        await Assertions.Expect(result).ToContainTextAsync("SHA-512 for the hash and MGF1-SHA-1 for the mask");
    }

    [Fact]
    public async Task What_is_not_recognized_says_what_was_tried_and_what_was_not()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Developer);
        await page.GoToKeysAsync();
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(await page.GetByTestId("public-key").InnerTextAsync()), out _);

        var result = await page.TryItAsync(Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(Secret), RSAEncryptionPadding.Pkcs1)));

        await Assertions.Expect(result).ToContainTextAsync("It cannot be opened");
        await Assertions.Expect(result).ToContainTextAsync("Tried: RSA-OAEP with SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512");
        await Assertions.Expect(result).ToContainTextAsync("PKCS #1 v1.5");
        await Assertions.Expect(result).ToContainTextAsync("never tried");
    }

    [Fact]
    public async Task A_text_that_is_not_UTF8_and_a_ciphertext_in_another_form_are_named()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Developer);
        await page.GoToKeysAsync();
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(await page.GetByTestId("public-key").InnerTextAsync()), out _);
        var latin1 = rsa.Encrypt(Encoding.Latin1.GetBytes("größer"), RSAEncryptionPadding.OaepSHA256);

        var result = await page.TryItAsync(Convert.ToBase64String(latin1));

        await Assertions.Expect(result).ToContainTextAsync("The plaintext is 6 bytes long.");
        await Assertions.Expect(result).ToContainTextAsync("The plaintext is not UTF-8.");
        await Assertions.Expect(await page.TryItAsync(Convert.ToHexString(latin1))).ToContainTextAsync("This looks like hex.");
        await Assertions.Expect(await page.TryItAsync($"-----BEGIN MESSAGE-----\n{Convert.ToBase64String(latin1)}\n-----END MESSAGE-----")).ToContainTextAsync("This looks like PEM");
    }

    /// <summary>A ciphertext as Java makes it by default: MGF1 with SHA-1.</summary>
    internal static Task<string> ByJavasDefaultAsync(string publicKey) => ByOpenSslAsync(publicKey, "sha256", "sha1");

    /// <summary>A ciphertext with these digests.</summary>
    internal static async Task<string> ByOpenSslAsync(string publicKey, string oaepDigest, string mgf1Digest)
    {
        var file = Path.Combine(Path.GetTempPath(), $"finconsole-{Guid.NewGuid():N}.der");
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(publicKey), Stop);
        string[] arguments =
        [
            "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", file, "-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", $"rsa_oaep_md:{oaepDigest}",
            "-pkeyopt", $"rsa_mgf1_md:{mgf1Digest}",
        ];
        var ciphertext = await KeysUi.OpenSslAsync(arguments, Encoding.UTF8.GetBytes(Secret));
        File.Delete(file);
        return Convert.ToBase64String(ciphertext!);
    }
}
