using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.SignIn;

public sealed class PasswordTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private const string Chosen = "quiet-otter-lantern-82";

    [Fact]
    public async Task A_changed_password_ends_the_other_browser_and_signs_in_from_then_on()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var other = await OpenFreshAsync(tenant.Developer);
        await other.GoToTokensAsync();
        Watch(other).ExpectLostConnection();

        var page = await OpenFreshAsync(tenant.Developer);
        await GoLiveAsync(page, ConsoleUrls.Password);
        await Assertions.Expect(page.Locator("form input[autocomplete=username]")).ToHaveValueAsync(tenant.Developer.Email);
        await FillAsync(page, tenant.Developer.Password, Chosen);
        await page.Button("Change password").DblClickAsync();
        await Assertions.Expect(page.GetByText("Your password has been changed.")).ToBeVisibleAsync();
        await Assertions.Expect(other).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/login"));
        await Assertions.Expect(page.GetByLabel("New password", new() { Exact = true })).ToHaveValueAsync("");

        await other.TrySignInAsync(tenant.Developer.Email, tenant.Developer.Password);
        await Assertions.Expect(other.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToContainTextAsync("don't match");
        await other.SignInAsync(tenant.Developer with { Password = Chosen });
    }

    [Fact]
    public async Task The_meter_says_why_a_password_is_weak_and_a_wrong_current_one_is_refused()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Cashier);
        await GoLiveAsync(page, ConsoleUrls.Password);
        var meter = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = new System.Text.RegularExpressions.Regex("Weak|Good|Strong|Very weak") });
        await page.GetByLabel("New password", new() { Exact = true }).PressSequentiallyAsync("password1234567");
        await Assertions.Expect(meter).ToContainTextAsync(new System.Text.RegularExpressions.Regex("[Ww]eak"));
        await Accessibility.CheckAsync(page);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(Chosen);
        await Assertions.Expect(meter).ToContainTextAsync(new System.Text.RegularExpressions.Regex("Good|Strong"));

        await page.GetByLabel("Current password", new() { Exact = true }).FillAsync("not-the-current-one-at-all");
        await page.Button("Change password").ClickAsync();
        await Assertions.Expect(page.GetByText("That is not your current password.")).ToBeVisibleAsync();
        await FillAsync(page, tenant.Cashier.Password, "short");
        await page.Button("Change password").ClickAsync();
        await Assertions.Expect(page.GetByLabel("New password", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
    }

    private static async Task FillAsync(IPage page, string current, string chosen)
    {
        await page.GetByLabel("Current password", new() { Exact = true }).FillAsync(current);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(chosen);
    }
}
