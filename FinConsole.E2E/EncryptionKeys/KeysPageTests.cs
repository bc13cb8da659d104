using System.Text.Json;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.EncryptionKeys;

/// <summary>What the page shows, to whom, and in which formats.</summary>
public sealed class KeysPageTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task The_public_key_is_shown_and_saved_in_three_formats()
    {
        var page = await OpenKeysAsync(_tenant.Developer);
        var keyId = await page.KeyIdAsync();
        var base64 = await page.GetByTestId("public-key").InnerTextAsync();
        Assert.Equal(422, Convert.FromBase64String(base64).Length);
        await Assertions.Expect(page.GetByTestId("use-count")).ToHaveTextAsync("Not yet");

        var (name, text) = await SaveAsync(page);
        Assert.Equal(($"finconsole-public-key-{keyId[^8..]}.txt", base64 + "\n"), (name, text));
        await page.GetByRole(AriaRole.Radio, new() { Name = "PEM" }).CheckAsync();
        await Assertions.Expect(page.GetByTestId("public-key")).ToBeHiddenAsync();
        (name, text) = await SaveAsync(page);
        Assert.EndsWith(".pem", name, StringComparison.Ordinal);
        var der = await KeysUi.OpenSslAsync(["pkey", "-pubin", "-pubout", "-outform", "DER"], System.Text.Encoding.ASCII.GetBytes(text));
        Assert.Equal(base64, Convert.ToBase64String(der!));
        await page.GetByRole(AriaRole.Radio, new() { Name = "JWK" }).CheckAsync();
        (name, text) = await SaveAsync(page);
        Assert.EndsWith(".json", name, StringComparison.Ordinal);
        Assert.Equal(keyId, JsonDocument.Parse(text).RootElement.GetProperty("kid").GetString());
    }

    [Fact]
    public async Task Copying_takes_the_format_that_is_shown()
    {
        var page = await OpenKeysAsync(_tenant.Developer);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Button("Copy public key").ClickAsync();
        Assert.Equal(await page.GetByTestId("public-key").InnerTextAsync(), await ClipboardAsync(page));
        await page.GetByRole(AriaRole.Radio, new() { Name = "PEM" }).CheckAsync();
        await page.Button("Copy public key").ClickAsync();
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", await ClipboardAsync(page), StringComparison.Ordinal);
        await page.Button("Copy key id").ClickAsync();
        Assert.Equal(await page.KeyIdAsync(), await ClipboardAsync(page));
        await page.Button("Copy fingerprint").ClickAsync();
        Assert.Matches("^([0-9a-f]{2}:){31}[0-9a-f]{2}$", await ClipboardAsync(page));
    }

    [Fact]
    public async Task The_guide_and_its_samples_bear_this_tenants_key()
    {
        var page = await OpenKeysAsync(_tenant.Developer);
        var base64 = await page.GetByTestId("public-key").InnerTextAsync();
        var guide = await page.DownloadAsync(page.GetByRole(AriaRole.Link, new() { Name = "Download full guide" }));
        Assert.Equal("finconsole-encryption-guide.md", guide.Name);
        Assert.Contains(await page.KeyIdAsync(), guide.Text, StringComparison.Ordinal);
        Assert.EndsWith(ConsoleUrls.EncryptionKeys, page.Url, StringComparison.Ordinal);

        foreach (var (language, file) in new[] { ("Java", "Encrypt.java"), ("JavaScript", "encrypt.mjs"), ("Python", "encrypt.py"), ("C#", "Encrypt.cs"), ("OpenSSL", "encrypt.sh") })
        {
            await page.GetByRole(AriaRole.Radio, new() { Name = language, Exact = true }).CheckAsync();
            await Assertions.Expect(page.GetByTestId("sample")).ToHaveAttributeAsync("aria-label", file);
            var sample = await page.GetByTestId("sample").TextContentAsync();
            Assert.Contains(sample!.TrimEnd(), guide.Text, StringComparison.Ordinal);
            Assert.Contains(language == "OpenSSL" ? base64[..64] : base64, sample, StringComparison.Ordinal);
            Assert.Equal((file, sample), await page.DownloadAsync(page.Button("Download").Last));
        }
    }

    [Fact]
    public async Task Security_reviewers_and_cashiers_have_no_access()
    {
        foreach (var person in new[] { _tenant.Reviewer, _tenant.Cashier })
        {
            var page = await OpenAsync(person);
            Watch(page).Expect("answer 403");
            await page.GotoAsync(ConsoleUrls.EncryptionKeys);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByTestId("public-key")).ToHaveCountAsync(0);
            await Assertions.Expect(page.Button("Rotate keys")).ToHaveCountAsync(0);
            var answer = await page.APIRequest.GetAsync(ConsoleUrls.EncryptionGuide, new() { MaxRedirects = 0 });
            Assert.NotEqual(200, answer.Status);
        }
    }

    private static Task<(string Name, string Text)> SaveAsync(IPage page) => page.DownloadAsync(page.Button("Download").First);

    private static Task<string> ClipboardAsync(IPage page) => page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

    private async Task<IPage> OpenKeysAsync(Person person)
    {
        var page = await OpenAsync(person);
        await page.GoToKeysAsync();
        return page;
    }
}
