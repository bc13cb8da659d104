using System.Text.Json;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys.Decryption;
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

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Clients_to_fix_are_named_with_both_digests_and_the_line_that_fixes_each(int width)
    {
        await AddClientAsync(OaepSender.Service, "Payments API", new OaepDigests(OaepDigest.Sha256, OaepDigest.Sha1), null, 212);
        await AddClientAsync(OaepSender.Member, "GuzzleHttp/7 PHP/8.2", new OaepDigests(OaepDigest.Sha1, OaepDigest.Sha1), "deploy@tenant.example", 14);
        await AddClientAsync(OaepSender.SignIn, "Ruby", new OaepDigests(OaepDigest.Sha1, OaepDigest.Sha1), "till@tenant.example", 3);
        var look = Look.Of(width, "light");
        var page = await OpenAsync(_tenant.Developer, look);
        await page.GoToKeysAsync();

        var card = page.GetByTestId("oaep-clients");
        var row = card.GetByRole(AriaRole.Row).Filter(new() { HasText = "GuzzleHttp" });
        await Assertions.Expect(row).ToContainTextAsync("The program of deploy@tenant.example; last from 198.51.100.7");
        await Assertions.Expect(row).ToContainTextAsync("SHA-1 with MGF1-SHA-1");
        await Assertions.Expect(row).ToContainTextAsync("Refused");
        await Assertions.Expect(row).ToContainTextAsync("14");
        await Assertions.Expect(card.GetByRole(AriaRole.Row).Filter(new() { HasText = "Payments API" })).ToContainTextAsync("SHA-256 with MGF1-SHA-1");
        // The mistake that most clients make comes first.
        var mistakes = card.GetByTestId("oaep-mistake");
        await Assertions.Expect(mistakes).ToHaveCountAsync(2);
        await mistakes.First.Locator("summary").Filter(new() { HasText = "Ruby" }).ClickAsync();
        await Assertions.Expect(mistakes.First.GetByText("\"rsa_oaep_md\" => \"sha256\"")).ToBeVisibleAsync();
        await card.ScrollIntoViewIfNeededAsync();
        await Looks.CheckAsync(page, "oaep-clients", look, documented: false);
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

    private async Task AddClientAsync(OaepSender sender, string name, OaepDigests digests, string? account, long fields)
    {
        var now = DateTimeOffset.UtcNow;
        await using var context = Server.Get<ConsoleDb>().Open(_tenant.Id);
        context.Add(new OaepClient
        {
            TenantId = _tenant.Id,
            Sender = sender,
            Name = name,
            Hash = digests.Hash,
            Mgf1 = digests.Mgf1,
            Account = account,
            Ip = "198.51.100.7",
            FirstSeenAt = now.AddDays(-3),
            LastSeenAt = now.AddHours(-2),
            Fields = fields,
        });
        await context.SaveChangesAsync(Stop);
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
