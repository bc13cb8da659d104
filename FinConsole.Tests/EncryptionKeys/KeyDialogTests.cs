using Bunit;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.EncryptionKeys;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>The logic of the keys page's forms, over the real use cases.</summary>
public sealed class KeyDialogTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private const string Passphrase = "orchard copper lantern 82";

    [Fact]
    public async Task Rotating_begins_with_a_scheduled_rotation_and_offers_no_window_that_the_policy_forbids()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var dialog = await RotateAsync(console, tenant);
        Assert.Equal("Scheduled rotation", dialog.Find("#rotate-reason").GetAttribute("value"));
        Assert.Empty(dialog.FindAll("#rotate-window"));
        Assert.Contains("has not decrypted anything", dialog.Find("[data-testid=what-breaks]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dialog_says_how_much_the_key_is_used()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        for (var use = 0; use < 2; use++)
            (await core.Get<CiphertextOpener>().DecryptAsync(tenant.Id, KeySteps.Encrypt(await core.CurrentKeyAsync(tenant)), Stop)).Value!.Dispose();
        core.Time.Advance(TimeSpan.FromMinutes(3));
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var dialog = await RotateAsync(console, tenant);
        Assert.Contains("2 fields with it, the last 3 minutes ago", dialog.Find("[data-testid=what-breaks]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "Not at all, For 1 hour")]
    [InlineData(6, "Not at all, For 1 hour, For 4 hours, For 6 hours")]
    [InlineData(24, "Not at all, For 1 hour, For 4 hours, For 12 hours, For 24 hours")]
    public async Task Windows_up_to_what_the_policy_allows_are_offered_and_none_is_preselected(int longest, string offered)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, longest);
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var dialog = await RotateAsync(console, tenant);
        Assert.Equal("Not at all", dialog.Find("#rotate-window").GetAttribute("value"));
        Assert.Equal(offered, string.Join(", ", await dialog.OptionsOfAsync("rotate-window")));
    }

    [Fact]
    public async Task A_compromised_key_gets_no_window_even_if_one_was_chosen_before()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, 24);
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        Guid? done = null;
        var dialog = await RotateAsync(console, tenant, id => done = id);
        await dialog.ChooseAsync("rotate-window", "For 12 hours");
        Assert.Contains("goes on decrypting", dialog.Markup, StringComparison.Ordinal);
        await dialog.ChooseAsync("rotate-reason", "Compromised");
        Assert.True(dialog.Find("#rotate-window").HasAttribute("disabled"));
        Assert.Contains("stops working the moment", dialog.Markup, StringComparison.Ordinal);

        await dialog.Find("form").SubmitAsync();

        var keys = await core.KeysAsync(tenant);
        Assert.Equal(done, keys.Single(key => key.EndedAt is null).Id);
        Assert.Equal((RotationReason.Compromised, null), (keys.Single(key => key.EndedAt is not null).EndReason, keys.Single(key => key.EndedAt is not null).DecryptUntil));
    }

    [Fact]
    public async Task The_dialog_rotates_the_key_that_it_was_opened_for_and_no_later_one()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var dialog = await RotateAsync(console, tenant);
        var other = await core.RotateKeyAsync(tenant);

        await dialog.Find("form").SubmitAsync();

        Assert.Contains("rotated the encryption keys a moment ago", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(other.Id, (await core.CurrentKeyAsync(tenant)).Id);
    }

    [Fact]
    public async Task Exporting_saves_a_file_and_renders_neither_it_nor_the_passphrase()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await using var console = new BrowserlessConsole(core, tenant.Admin);
        var done = false;
        var dialog = Export(console, () => done = true);
        dialog.Find("#export-passphrase").Input(Passphrase);
        await dialog.Find("form").SubmitAsync();

        var saved = console.JSInterop.VerifyInvoke("fc.save");
        Assert.Matches("^finconsole-private-key-[0-9a-f]{8}\\.pem$", Assert.IsType<string>(saved.Arguments[0]));
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", Assert.IsType<string>(saved.Arguments[1]), StringComparison.Ordinal);
        Assert.True(done);
        Assert.DoesNotContain(Passphrase, dialog.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_the_browser_never_got_is_said_to_be_lost()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await using var console = new BrowserlessConsole(core, tenant.Admin);
        console.JSInterop.SetupVoid("fc.save", _ => true).SetCanceled();
        var dialog = Export(console);
        dialog.Find("#export-passphrase").Input(Passphrase);

        await dialog.Find("form").SubmitAsync();

        Assert.Contains("before the browser had the file", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_passphrase_is_refused_under_its_field_and_the_meter_says_so_before()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await using var console = new BrowserlessConsole(core, tenant.Admin);
        var dialog = Export(console);
        dialog.Find("#export-passphrase").Input("short");
        Assert.Contains("at least 15", dialog.Find(".fc-meter").TextContent, StringComparison.Ordinal);
        await dialog.Find("form").SubmitAsync();
        Assert.Contains("at least 15", dialog.Find("#export-passphrase-error").TextContent, StringComparison.Ordinal);
        Assert.Empty(console.JSInterop.Invocations["fc.save"]);
    }

    [Fact]
    public async Task An_unconfirmed_member_who_gives_up_the_confirmation_is_told_and_nothing_happens()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        core.Time.Advance(MemberSession.ConfirmationLife + TimeSpan.FromTicks(1));
        await using var console = new BrowserlessConsole(core, tenant.Admin);
        var dialog = Export(console);
        dialog.Find("#export-passphrase").Input(Passphrase);
        var submitted = dialog.Find("form").SubmitAsync();
        dialog.WaitForElement("#step-up-password");
        await dialog.FindAll("[data-fc-close]")[^1].ClickAsync(new());
        await submitted;
        Assert.NotEmpty(dialog.Find("[role=alert]").TextContent);
        Assert.Empty(console.JSInterop.Invocations["fc.save"]);
    }

    [Fact]
    public async Task Each_answer_of_Try_it_has_its_own_words_and_none_the_plaintext()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, 24, mgf1Sha1: true);
        var old = await core.CurrentKeyAsync(tenant);
        var current = await core.RotateKeyAsync(tenant, decryptOnlyHours: 24);
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var card = console.Show<TryCiphertextCard>(_ => { });
        foreach (var (ciphertext, severity, words) in new[]
        {
            (KeySteps.Encrypt(current), "success", "The current key opens it. The plaintext is 18 bytes long."),
            (KeySteps.Encrypt(old), "warning", "A previous key opens it"),
            (await KeySteps.EncryptByOpenSslAsync(current), "warning", "MGF1-SHA-1"),
            (await KeySteps.EncryptByOpenSslAsync(old), "warning", "a previous key"),
            (Convert.ToBase64String(new byte[384]), "error", "cannot be opened"),
            ("???", "error", "malformed. This is not Base64."),
            ("AAAA", "error", "3 bytes long; a ciphertext for this key has 384"),
        })
        {
            card.Find("#try-ciphertext").Change(ciphertext);
            await card.Find("form").SubmitAsync();
            card.WaitForAssertion(() => Assert.Contains(words, card.Find("[data-testid=try-result]").TextContent, StringComparison.Ordinal));
            Assert.NotEmpty(card.FindAll($"[data-testid=try-result] .mud-alert-outlined-{severity}"));
            Assert.DoesNotContain(KeySteps.Plaintext, card.Markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_the_policy_finds_too_old_is_marked()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var key = await ViewAsync(tenant);
        Assert.Empty(console.Show<KeyCard>(parameters => parameters.Add(each => each.Key, key)).FindAll("[data-testid=key-overdue]"));
        core.Time.Advance(TimeSpan.FromDays(366));
        Assert.Single(console.Show<KeyCard>(parameters => parameters.Add(each => each.Key, key)).FindAll("[data-testid=key-overdue]"));
    }

    private async Task<IRenderedComponent<BrowserlessConsole.DialogHost>> RotateAsync(BrowserlessConsole console, TestTenant tenant, Action<Guid>? onDone = null)
    {
        var key = await ViewAsync(tenant);
        return console.Open<RotateKeysDialog>(new() { { each => each.Key, key } }, closed => onDone?.Invoke((Guid)closed!.Data!));
    }

    private static IRenderedComponent<BrowserlessConsole.DialogHost> Export(BrowserlessConsole console, Action? onDone = null) =>
        console.Open<ExportKeyDialog>([], closed => onDone?.Invoke());

    private async Task<EncryptionKeyView> ViewAsync(TestTenant tenant) => (await core.Get<GetEncryptionKey>().HandleAsync(await core.NewSessionAsync(tenant.Developer), Stop)).Value!;
}
