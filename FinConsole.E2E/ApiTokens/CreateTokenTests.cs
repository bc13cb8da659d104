using System.Text.RegularExpressions;
using FinConsole.Core.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiTokens;

public sealed class CreateTokenTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task Preselects_development_and_a_month_and_the_scopes_that_suit_the_environment()
    {
        var page = await OpenTokensAsync();
        var dialog = await page.OpenCreateAsync();
        await Assertions.Expect(dialog.Field("Environment")).ToHaveValueAsync("Development");
        await Assertions.Expect(dialog.Field("Expiry")).ToHaveValueAsync("1 month");
        await Assertions.Expect(dialog.Field("Name")).ToBeFocusedAsync();
        Assert.Equal(["read:*"], await CheckedScopesAsync(dialog));

        await dialog.Field("Environment").ChooseAsync("Staging");
        await Assertions.Expect(Scope(dialog, "write:limited")).ToBeCheckedAsync();
        Assert.Equal(["read:*", "write:limited"], await CheckedScopesAsync(dialog));
        await dialog.Field("Environment").ChooseAsync("Production");
        await Assertions.Expect(Scope(dialog, "read:*")).Not.ToBeCheckedAsync();
        Assert.Empty(await CheckedScopesAsync(dialog));
    }

    [Fact]
    public async Task Shows_the_secret_once_and_makes_the_token_live_when_it_is_saved()
    {
        var page = await OpenTokensAsync();
        var dialog = await page.CreateAsync("Billing", _tenant.Cashier);
        var secret = await page.SecretAsync();
        Assert.Matches(@"\Afc_dev_[0-9A-Za-z]{49}\z", secret);
        Assert.Equal(56, secret.Length);
        await Assertions.Expect(page.StatusOf("Billing")).ToHaveTextAsync("Pending");
        await Assertions.Expect(dialog.GetByText($"FINCONSOLE_TOKEN_DEV={secret}", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByText($"curl -H \"X-Auth-Token: {secret}\"")).ToBeVisibleAsync();
        await Accessibility.CheckAsync(page);

        await page.SaveAsync();
        await Assertions.Expect(page.StatusOf("Billing")).ToHaveTextAsync("Active");
        await Assertions.Expect(page.Row("Billing")).ToContainTextAsync($"{secret[..11]}…{secret[^4..]}");
        Assert.Equal(TokenStatus.Active, Assert.Single(await _tenant.TokensAsync("Billing")).Status);
    }

    [Fact]
    public async Task The_secret_dialog_closes_by_its_own_button_alone()
    {
        var page = await OpenTokensAsync();
        var dialog = await page.CreateAsync("Strict", _tenant.Cashier);
        var secret = await page.SecretAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("close|cancel|dismiss", RegexOptions.IgnoreCase) })).ToHaveCountAsync(0);
        for (var press = 0; press < 3; press++)
            await page.Keyboard.PressAsync("Escape");
        await page.Mouse.ClickAsync(5, 5);
        await page.Mouse.ClickAsync(640, 855);
        // One more round trip, by which a dialog that was told to close would have.
        await dialog.Button("Copy token").ClickAsync();
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        Assert.Equal(secret, await page.SecretAsync());
    }

    [Fact]
    public async Task Leaving_the_secret_asks_first()
    {
        var page = await OpenTokensAsync();
        await page.CreateAsync("Leaver", _tenant.Cashier);
        List<string> asked = [];
        var confirmed = new TaskCompletionSource();
        page.Dialog += (_, question) =>
        {
            asked.Add(question.Type);
            if (question.Type == DialogType.Confirm)
                confirmed.TrySetResult();
            _ = question.DismissAsync();
        };

        // The secret is drawn a moment before the browser is told to ask.
        await page.WaitForFunctionAsync("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))");

        // By the browser: it asks in its own words, and the answer was to stay.
        await page.EvaluateAsync("() => { location.href = '/' }");
        await Assertions.Expect(page.GetByTestId("secret")).ToBeVisibleAsync();
        Assert.Equal(["beforeunload"], asked);

        // By the console's own navigation, which a script can still reach behind a modal dialog.
        await page.EvaluateAsync("() => document.querySelector('a[href=\"/\"]').click()");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-testid=secret]') !== null");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/tokens"));
        // The server is asked whether the page may be left, and asks in turn.
        await confirmed.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.Equal(["beforeunload", "confirm"], asked);
    }

    [Fact]
    public async Task Copying_fills_the_clipboard_and_says_so()
    {
        var page = await OpenTokensAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var dialog = await page.CreateAsync("Copied", _tenant.Cashier);
        await dialog.Button("Copy token").ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Status).Filter(new() { HasText = "Copied" })).ToHaveCountAsync(1);
        Assert.Equal(await page.SecretAsync(), await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Where_the_browser_copies_nothing_it_says_so_and_selects_the_secret()
    {
        var page = await OpenTokensAsync();
        await page.EvaluateAsync("() => { navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; }");
        var dialog = await page.CreateAsync("Not copied", _tenant.Cashier);
        await dialog.Button("Copy token").ClickAsync();

        await Assertions.Expect(dialog.GetByText("The browser did not allow copying.")).ToBeVisibleAsync();
        Assert.Equal(await page.SecretAsync(), await page.EvaluateAsync<string>("() => getSelection().toString().trim()"));
        await Assertions.Expect(dialog.Locator("[data-copied]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Errors_stand_under_their_fields()
    {
        var page = await OpenTokensAsync();
        var dialog = await page.OpenCreateAsync();
        await dialog.Field("Environment").ChooseAsync("Production");
        await dialog.Field("Allowed IP addresses").FillAsync("not a network");
        await dialog.Button("Create token").ClickAsync();

        foreach (var field in new[] { "Name", "Allowed IP addresses", "Cashier email", "Cashier password" })
        {
            await Assertions.Expect(dialog.Field(field)).ToHaveAttributeAsync("aria-invalid", "true");
            var described = (await dialog.Field(field).GetAttributeAsync("aria-describedby"))!.Split(' ');
            Assert.Contains(described, id => id.EndsWith("-error", StringComparison.Ordinal));
        }

        await Assertions.Expect(dialog.GetByText("Choose at least one scope")).ToBeVisibleAsync();
        await Accessibility.CheckAsync(page);
    }

    [Fact]
    public async Task A_wrong_cashier_password_is_refused_and_makes_nothing()
    {
        var page = await OpenTokensAsync();
        var dialog = await page.OpenCreateAsync();
        await dialog.Field("Name").FillAsync("Refused");
        await dialog.Field("Cashier email").FillAsync(_tenant.Cashier.Email);
        await dialog.Field("Cashier password").FillAsync("not-the-cashiers-password");
        await dialog.Button("Create token").ClickAsync();
        await Assertions.Expect(dialog.GetByText("don't match a cashier")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.Field("Cashier password")).ToHaveValueAsync("");
        await Assertions.Expect(dialog.Field("Name")).ToHaveValueAsync("Refused");
        Assert.Empty(await _tenant.TokensAsync("Refused"));
    }

    [Fact]
    public async Task A_name_that_a_live_token_has_is_refused_under_its_field()
    {
        await _tenant.AddTokenAsync("Taken");
        var page = await OpenTokensAsync();
        var dialog = await page.OpenCreateAsync();
        await dialog.Field("Name").FillAsync("taken");
        await dialog.Field("Cashier email").FillAsync(_tenant.Cashier.Email);
        await dialog.Field("Cashier password").FillAsync(_tenant.Cashier.Password);
        await dialog.Button("Create token").ClickAsync();
        await Assertions.Expect(dialog.Field("Name")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(dialog.GetByText("Another live token has this name")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pressing_create_twice_makes_one_token()
    {
        var page = await OpenTokensAsync();
        var dialog = await page.OpenCreateAsync();
        await dialog.Field("Name").FillAsync("Once");
        await dialog.Field("Cashier email").FillAsync(_tenant.Cashier.Email);
        await dialog.Field("Cashier password").FillAsync(_tenant.Cashier.Password);
        await dialog.Button("Create token").DblClickAsync();
        await page.ShownOnceAsync();
        await page.Button("I have saved it").DblClickAsync();
        await Assertions.Expect(page.StatusOf("Once")).ToHaveTextAsync("Active");
        Assert.Single(await _tenant.TokensAsync("Once"));
    }

    [Fact]
    public async Task A_browser_closed_under_the_dialog_leaves_no_live_token()
    {
        var page = await OpenTokensAsync();
        await page.CreateAsync("Orphan", _tenant.Cashier);
        await page.Context.CloseAsync();

        var other = await OpenTokensAsync();
        await Assertions.Expect(other.StatusOf("Orphan")).ToHaveTextAsync("Pending");
        Assert.Equal(["Discard", "Invalidate", "Usage", "Details"], await other.MenuOfAsync("Orphan"));
        Assert.Equal(TokenStatus.Pending, Assert.Single(await _tenant.TokensAsync("Orphan")).Status);

        await other.ChooseAsync("Orphan", "Discard");
        await other.DialogNamed("Discard Orphan?").Button("Discard token").ClickAsync();
        await Assertions.Expect(other.Row("Orphan")).ToHaveCountAsync(0);
        Assert.Equal(TokenStatus.Void, Assert.Single(await _tenant.TokensAsync("Orphan")).Status);
    }

    [Fact]
    public async Task What_was_typed_survives_a_reload_but_no_password_does()
    {
        var page = await OpenTokensAsync();
        var dialog = await page.OpenCreateAsync();
        await dialog.Field("Name").FillAsync("Drafted");
        await dialog.Field("Environment").ChooseAsync("Staging");
        await dialog.Field("Holder").FillAsync("Platform team");
        await dialog.Field("Cashier email").FillAsync(_tenant.Cashier.Email);
        await dialog.Field("Cashier password").FillAsync(_tenant.Cashier.Password);
        await page.ReloadAsync();

        dialog = await page.OpenCreateAsync();
        await Assertions.Expect(dialog.Field("Name")).ToHaveValueAsync("Drafted");
        await Assertions.Expect(dialog.Field("Environment")).ToHaveValueAsync("Staging");
        await Assertions.Expect(dialog.Field("Holder")).ToHaveValueAsync("Platform team");
        await Assertions.Expect(dialog.Field("Cashier email")).ToHaveValueAsync(_tenant.Cashier.Email);
        await Assertions.Expect(dialog.Field("Cashier password")).ToHaveValueAsync("");
        var stored = await page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage, ...localStorage })");
        Assert.Contains("Drafted", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(_tenant.Cashier.Password, stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_ends_with_its_token_holds_no_token_and_stays_with_its_member()
    {
        var page = await OpenFreshAsync(_tenant.Developer);
        await page.GoToTokensAsync();
        await page.CreateAsync("Sent", _tenant.Cashier);
        await page.SaveAsync();
        var dialog = await page.OpenCreateAsync();
        await Assertions.Expect(dialog.Field("Name")).ToHaveValueAsync("");

        var pasted = "fc_dev_" + string.Concat(Enumerable.Repeat("Ab3dE6gH", 7))[..49];
        await dialog.Field("Name").FillAsync(pasted);
        await dialog.Field("Holder").FillAsync("Platform team");
        var stored = await page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage })");
        Assert.Contains("Platform team", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(pasted[7..], stored, StringComparison.Ordinal);

        await page.Context.ClearCookiesAsync();
        await page.Context.SignInAsync(_tenant.Admin);
        await page.GoToTokensAsync();
        dialog = await page.OpenCreateAsync();
        await Assertions.Expect(dialog.Field("Name")).ToBeFocusedAsync();
        await Assertions.Expect(dialog.Field("Holder")).ToHaveValueAsync("");
        Assert.DoesNotContain("Platform team", await page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage })"), StringComparison.Ordinal);
    }

    private static ILocator Scope(ILocator dialog, string scope) => dialog.GetByRole(AriaRole.Group, new() { Name = "Scopes" }).GetByLabel(scope, new() { Exact = true });

    private static async Task<IReadOnlyList<string>> CheckedScopesAsync(ILocator dialog) =>
        await dialog.GetByRole(AriaRole.Group, new() { Name = "Scopes" }).GetByRole(AriaRole.Checkbox, new() { Checked = true })
            .EvaluateAllAsync<string[]>("boxes => boxes.map(box => box.value)");

    private async Task<IPage> OpenTokensAsync()
    {
        var page = await OpenAsync(_tenant.Developer);
        await page.GoToTokensAsync();
        return page;
    }
}
