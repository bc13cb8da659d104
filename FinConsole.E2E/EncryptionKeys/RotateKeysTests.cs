using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.EncryptionKeys;

public sealed class RotateKeysTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task A_developer_rotates_and_the_history_says_who_and_why()
    {
        var page = await OpenKeysAsync(_tenant.Developer);
        var before = await page.KeyIdAsync();
        var dialog = await page.OpenRotateKeysAsync();
        await Assertions.Expect(dialog.GetByTestId("what-breaks")).ToContainTextAsync("Nobody can bring it back");
        await Assertions.Expect(dialog.Field("Reason")).ToHaveValueAsync("Scheduled rotation");
        await Assertions.Expect(dialog.GetByLabel("Old key goes on decrypting")).ToHaveCountAsync(0);
        await dialog.Field("Reason").ChooseAsync("Compromised");
        await dialog.Field("Comment").FillAsync("Seen in a public repository");
        await dialog.Button("Rotate keys").DblClickAsync();

        await Assertions.Expect(page.GetByTestId("kid")).Not.ToHaveTextAsync(before);
        var now = await page.KeyIdAsync();
        await Assertions.Expect(page.GetByTestId("key-row")).ToHaveCountAsync(2);
        await Assertions.Expect(page.KeyRow(now).GetByTestId("key-status")).ToHaveTextAsync("Current");
        await Assertions.Expect(page.KeyRow(before).GetByTestId("key-status")).ToHaveTextAsync("Ended");
        foreach (var part in new[] { "Compromised", "Seen in a public repository", _tenant.Developer.Email })
            await Assertions.Expect(page.KeyRow(before)).ToContainTextAsync(part);
        await Assertions.Expect(page.Button("Rotate keys")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Another_browser_shows_the_new_key_by_itself()
    {
        var watcher = await OpenKeysAsync(_tenant.Admin);
        var page = await OpenKeysAsync(_tenant.Developer);
        await page.RotateKeysAsync();
        var now = await page.KeyIdAsync();
        await Assertions.Expect(watcher.GetByTestId("kid")).ToHaveTextAsync(now);
        await Assertions.Expect(watcher.GetByTestId("public-key")).ToHaveTextAsync(await page.GetByTestId("public-key").InnerTextAsync());
        await Assertions.Expect(watcher.GetByTestId("sample")).ToContainTextAsync(now);
        await Assertions.Expect(watcher.GetByText("Somebody rotated the encryption keys just now")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Two_dialogs_open_at_once_rotate_once()
    {
        var first = await OpenKeysAsync(_tenant.Developer);
        var second = await OpenKeysAsync(_tenant.Admin);
        var late = await second.OpenRotateKeysAsync();
        await first.RotateKeysAsync();
        var now = await first.KeyIdAsync();
        await Assertions.Expect(second.GetByTestId("kid")).ToHaveTextAsync(now);
        await late.Button("Rotate keys").ClickAsync();
        await Assertions.Expect(late.GetByRole(AriaRole.Alert)).ToContainTextAsync("rotated the encryption keys a moment ago");
        await late.Button("Cancel").ClickAsync();
        Assert.Equal(now, await second.KeyIdAsync());
    }

    [Fact]
    public async Task Cancelling_changes_nothing()
    {
        var page = await OpenKeysAsync(_tenant.Developer);
        var before = await page.KeyIdAsync();
        var dialog = await page.OpenRotateKeysAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await (await page.OpenRotateKeysAsync()).Button("Cancel").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await page.GoToKeysAsync();
        Assert.Equal(before, await page.KeyIdAsync());
    }

    [Fact]
    public async Task Where_the_policy_allows_it_the_old_key_goes_on_decrypting_for_a_while()
    {
        await Server.SetKeyPolicyAsync(_tenant, decryptOnlyHours: 12);
        var page = await OpenKeysAsync(_tenant.Developer);
        var before = await page.KeyIdAsync();
        var ciphertext = await page.EncryptAsync("4711");
        var dialog = await page.OpenRotateKeysAsync();
        var window = dialog.Field("Old key goes on decrypting");
        await Assertions.Expect(window).ToHaveValueAsync("Not at all");
        await window.ChooseAsync("For 4 hours");
        await Assertions.Expect(dialog).ToContainTextAsync("The current key goes on decrypting until");
        await dialog.Button("Rotate keys").ClickAsync();

        await Assertions.Expect(page.KeyRow(before).GetByTestId("key-status")).ToHaveTextAsync("Decrypt-only");
        await Assertions.Expect(await page.TryItAsync(ciphertext)).ToContainTextAsync("A previous key opens it");

        await EndWindowAsync();
        await Server.Get<KeySweep>().RunAsync(Stop);
        await Assertions.Expect(page.KeyRow(before).GetByTestId("key-status")).ToHaveTextAsync("Ended");
        await Assertions.Expect(await page.TryItAsync(ciphertext)).ToContainTextAsync("cannot be opened");
    }

    [Fact]
    public async Task Who_confirmed_too_longAgo_is_asked_again_and_then_it_goes_on()
    {
        var page = await OpenFreshAsync(_tenant.Developer);
        await page.GoToKeysAsync();
        await AgeConfirmationsAsync();
        var before = await page.KeyIdAsync();
        var dialog = await page.OpenRotateKeysAsync();
        await dialog.Button("Rotate keys").ClickAsync();
        var confirm = page.DialogNamed("Confirm it's you");
        await confirm.Field("Password").FillAsync(_tenant.Developer.Password);
        await confirm.Button("Confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("kid")).Not.ToHaveTextAsync(before);
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task It_can_be_done_without_a_mouse()
    {
        var page = await OpenKeysAsync(_tenant.Developer);
        var before = await page.KeyIdAsync();
        await page.TabToAsync(page.Button("Rotate keys"));
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.DialogNamed("Rotate encryption keys");
        await Assertions.Expect(dialog.Field("Reason")).ToBeFocusedAsync();
        await page.TabToAsync(dialog.Field("Comment"));
        await page.Keyboard.TypeAsync("By hand");
        await page.TabToAsync(dialog.Button("Rotate keys"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("kid")).Not.ToHaveTextAsync(before);
        await Assertions.Expect(page.Button("Rotate keys")).ToBeFocusedAsync();

        var ciphertext = await page.EncryptAsync("4711");
        await page.TabToAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Base64" }));
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByTestId("public-key-pem")).ToBeVisibleAsync();
        await page.TabToAsync(page.GetByLabel("Ciphertext", new() { Exact = true }));
        await page.Keyboard.InsertTextAsync(ciphertext);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Button("Try it")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("try-result")).ToContainTextAsync("The current key opens it");
    }

    private async Task<IPage> OpenKeysAsync(Person person)
    {
        var page = await OpenAsync(person);
        await page.GoToKeysAsync();
        return page;
    }

    private async Task EndWindowAsync()
    {
        await using var context = Server.Get<ConsoleDb>().Open(_tenant.Id);
        await context.Set<EncryptionKey>().Where(key => key.DecryptUntil != null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.DecryptUntil, key => key.EndedAt), Stop);
    }

    private async Task AgeConfirmationsAsync()
    {
        var longAgo = DateTimeOffset.UtcNow - MemberSession.ConfirmationLife - TimeSpan.FromSeconds(1);
        await using var context = Server.Get<ConsoleDb>().Open(_tenant.Id);
        await context.Set<MemberSession>().ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, longAgo), Stop);
    }
}
