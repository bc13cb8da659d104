using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Account;

public sealed class PasswordResetTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private const string Chosen = "quiet-otter-lantern-82";

    [Fact]
    public async Task A_mailed_link_sets_a_new_password_once()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync();
        await AskAsync(page, tenant.Developer.Email);

        var link = await Server.Mailbox.WaitForLinkAsync(tenant.Developer.Email, Stop);
        Assert.StartsWith(ConsoleServer.PublicUrl, link.ToString(), StringComparison.Ordinal);
        await page.GotoAsync(link.PathAndQuery);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync("short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set new password" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Use at least 15 characters")).ToBeVisibleAsync();
        await Accessibility.CheckAsync(page);

        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(Chosen);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set new password" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your password has been changed");
        await page.TrySignInAsync(tenant.Developer.Email, tenant.Developer.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToContainTextAsync("don't match");
        await page.SignInAsync(tenant.Developer with { Password = Chosen });

        await page.GotoAsync(link.PathAndQuery);
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToContainTextAsync("has been used");
    }

    [Fact]
    public async Task Password_managers_are_told_the_account_in_the_browser_that_asked_and_in_no_other()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync();
        await AskAsync(page, $" {tenant.Cashier.Email.ToUpperInvariant()}");
        var link = await Server.Mailbox.WaitForLinkAsync(tenant.Cashier.Email, Stop);
        await page.GotoAsync(link.PathAndQuery);
        var username = page.Locator("form input[autocomplete=username]");
        await Assertions.Expect(username).ToHaveValueAsync(tenant.Cashier.Email);
        await Assertions.Expect(username).Not.ToBeFocusedAsync();
        await Accessibility.CheckAsync(page);

        var other = await OpenAsync();
        await other.GotoAsync(link.PathAndQuery);
        await Assertions.Expect(other.GetByLabel("New password", new() { Exact = true })).ToBeVisibleAsync();
        Assert.DoesNotContain(tenant.Cashier.Email, await other.ContentAsync(), StringComparison.OrdinalIgnoreCase);

        await AskAsync(other, tenant.Developer.Email);
        await other.GotoAsync(link.PathAndQuery);
        await Assertions.Expect(other.GetByLabel("New password", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(other.Locator("input[autocomplete=username]")).ToHaveCountAsync(0);

        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(Chosen);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set new password" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your password has been changed");
        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name == "__Host-finconsole-reset");
    }

    [Fact]
    public async Task The_answer_does_not_tell_whether_there_is_such_an_account()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync();
        var known = await AskAsync(page, tenant.Reviewer.Email);
        var unknown = await AskAsync(page, "nobody@nowhere.example");
        Assert.Equal(known, unknown);
        await Server.Mailbox.WaitForLinkAsync(tenant.Reviewer.Email, Stop);
        Assert.Empty(Server.Mailbox.EmailsTo("nobody@nowhere.example"));
    }

    private static async Task<string> AskAsync(IPage page, string email)
    {
        await page.GotoAsync(ConsoleUrls.Login);
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        // The page before has a field of the same name.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send link" })).ToBeVisibleAsync();
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send link" }).ClickAsync();
        return await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status).InnerTextAsync();
    }
}
