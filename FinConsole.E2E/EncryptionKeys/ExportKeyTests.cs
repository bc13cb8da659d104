using System.Text;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.EncryptionKeys;

public sealed class ExportKeyTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private const string Passphrase = "canary orchard lantern 82";

    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task An_admin_saves_a_file_that_OpenSSL_opens_with_the_passphrase_alone()
    {
        var page = await OpenAsync(_tenant.Admin);
        await page.GoToKeysAsync();
        var publicKey = await page.GetByTestId("public-key").InnerTextAsync();
        var dialog = await OpenExportAsync(page);
        await dialog.Field("Passphrase").FillAsync("too short");
        await dialog.Button("Export private key").ClickAsync();
        await Assertions.Expect(dialog.Field("Passphrase")).ToHaveAttributeAsync("aria-invalid", "true");
        await dialog.Button("Show passphrase").ClickAsync();
        await Assertions.Expect(dialog.Field("Passphrase")).ToHaveAttributeAsync("type", "text");

        await dialog.Field("Passphrase").FillAsync(Passphrase);
        var (name, text) = await page.DownloadAsync(dialog.Button("Export private key"));

        Assert.Matches(@"^finconsole-private-key-[0-9a-f]{8}\.pem$", name);
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("Private key exported")).ToBeVisibleAsync();
        var opened = await KeysUi.OpenSslAsync(["pkey", "-passin", $"pass:{Passphrase}", "-pubout", "-outform", "DER"], Encoding.ASCII.GetBytes(text));
        Assert.Equal(publicKey, Convert.ToBase64String(opened!));
        Assert.Null(await KeysUi.OpenSslAsync(["pkey", "-passin", "pass:something else entirely", "-noout"], Encoding.ASCII.GetBytes(text)));
        foreach (var place in new[] { await page.ContentAsync(), await StorageAsync(page), string.Join('\n', Server.Log.Lines) })
        {
            Assert.DoesNotContain(Passphrase, place, StringComparison.Ordinal);
            Assert.DoesNotContain("PRIVATE KEY", place, StringComparison.Ordinal);
            Assert.DoesNotContain(text.Split('\n')[3], place, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_developer_may_rotate_but_not_export()
    {
        var page = await OpenAsync(_tenant.Developer);
        await page.GoToKeysAsync();
        await Assertions.Expect(page.Button("Export private key")).ToHaveCountAsync(0);
        await page.RotateKeysAsync();
    }

    [Fact]
    public async Task Where_the_policy_forbids_it_the_page_says_so()
    {
        await Server.SetKeyPolicyAsync(_tenant, export: false);
        var page = await OpenAsync(_tenant.Admin);
        await page.GoToKeysAsync();
        await Assertions.Expect(page.GetByText("policy does not allow it to be exported")).ToBeVisibleAsync();
        await Assertions.Expect(page.Button("Export private key")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_policy_that_forbids_it_meanwhile_is_obeyed()
    {
        var page = await OpenAsync(_tenant.Admin);
        await page.GoToKeysAsync();
        var dialog = await OpenExportAsync(page);
        await Server.SetKeyPolicyAsync(_tenant, export: false);
        await dialog.Field("Passphrase").FillAsync(Passphrase);
        await dialog.Button("Export private key").ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not allow the private key to be exported");
    }

    private static async Task<ILocator> OpenExportAsync(IPage page)
    {
        await page.Button("Export private key").ClickAsync();
        var dialog = page.DialogNamed("Export private key");
        await Assertions.Expect(dialog.Field("Passphrase")).ToBeFocusedAsync();
        return dialog;
    }

    private static Task<string> StorageAsync(IPage page) => page.EvaluateAsync<string>("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state])");
}
