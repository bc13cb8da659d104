using FinConsole.Core.Members;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Account;

public sealed class SigningInTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Theory]
    [InlineData(Role.TenantAdmin)]
    [InlineData(Role.Developer)]
    [InlineData(Role.SecurityReviewer)]
    public async Task A_member_signs_in_to_the_overview_and_out_again(Role role)
    {
        var page = await OpenAsync();
        await page.SignInAsync(PersonOf(role));
        await Assertions.Expect(page).ToHaveURLAsync(Server.Address.ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Overview" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Acme Payments").First).ToBeVisibleAsync();

        await SignOutAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("You have signed out.");
        await page.GotoAsync(ConsoleUrls.Tokens);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/login"));
    }

    [Fact]
    public async Task A_cashier_sees_nothing_but_the_own_account()
    {
        var page = await OpenAsync();
        await page.SignInAsync(Demo.Cashier);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(ConsoleUrls.Profile));

        var navigation = page.GetByRole(AriaRole.Navigation, new() { Name = "Console" });
        await Assertions.Expect(navigation.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Profile", "Password", "Two-factor", "Sessions"]);

        Watch(page).Expect("answer 403");
        foreach (var url in new[] { ConsoleUrls.Tokens, ConsoleUrls.EncryptionKeys, ConsoleUrls.Team, ConsoleUrls.Policy, ConsoleUrls.Audit })
        {
            var answer = await page.GotoAsync(url);
            Assert.Equal(403, answer!.Status);
            await Assertions.Expect(page.GetByTestId("token-row").Or(page.GetByTestId("audit-row"))).ToHaveCountAsync(0);
        }

        await page.GotoAsync(ConsoleUrls.Overview);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(ConsoleUrls.Profile));
        await SignOutAsync(page);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_and_a_locked_account_get_one_message()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync();
        await page.GotoAsync(ConsoleUrls.Login);
        await page.TrySignInAsync("nobody@nowhere.example", "not-anybodys-password");
        var message = await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert).InnerTextAsync();
        Assert.Contains("don't match", message, StringComparison.Ordinal);

        for (var failure = 1; failure <= 5; failure++)
        {
            await page.GotoAsync(ConsoleUrls.Login);
            await page.TrySignInAsync(tenant.Developer.Email, "not-the-password-" + failure);
            await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToHaveTextAsync(message);
        }

        // Locked now: the right password is refused in the same words, and what was typed as a password is not given back.
        await page.GotoAsync(ConsoleUrls.Login);
        await page.TrySignInAsync(tenant.Developer.Email, tenant.Developer.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToHaveTextAsync(message);
        await Assertions.Expect(page.GetByLabel("Email", new() { Exact = true })).ToHaveValueAsync(tenant.Developer.Email);
        await Assertions.Expect(page.GetByLabel("Password", new() { Exact = true })).ToHaveValueAsync("");
        await page.GotoAsync(ConsoleUrls.Overview);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/login"));
    }

    [Fact]
    public async Task Signing_in_leads_on_to_the_page_that_was_asked_for()
    {
        const string Wanted = ConsoleUrls.Tokens + "?status=all&sort=name";
        var page = await OpenAsync();
        await page.GotoAsync(Wanted);
        await page.TrySignInAsync(Demo.Reviewer.Email, Demo.Reviewer.Password);
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(Server.Address, Wanted).ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("API Connections");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("%2F%2Fevil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/account/logout")]
    public async Task A_hostile_return_url_leads_to_the_overview(string returnUrl)
    {
        var page = await OpenAsync();
        await page.SignInAsync(Demo.Developer, returnUrl);
        await Assertions.Expect(page).ToHaveURLAsync(Server.Address.ToString());
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        var page = await OpenAsync(Demo.Reviewer);
        var cookie = Assert.Single(await page.Context.CookiesAsync(), cookie => cookie.Name == "__Host-finconsole");
        Assert.True(cookie.HttpOnly);
        Assert.True(cookie.Secure);
        Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);
        Assert.Equal("/", cookie.Path);
    }

    [Fact]
    public async Task Pressing_sign_in_twice_makes_one_session()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync();
        var posts = 0;
        page.Request += (_, request) => posts += request.Method == "POST" && request.Url.Contains(ConsoleUrls.Login, StringComparison.Ordinal) ? 1 : 0;
        await page.GotoAsync(ConsoleUrls.Login);
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(tenant.Admin.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(tenant.Admin.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).DblClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Server.Address.ToString());
        Assert.Equal(1, posts);
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync(ConsoleUrls.Logout);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(ConsoleUrls.Login));
    }

    private Person PersonOf(Role role) => role switch
    {
        Role.TenantAdmin => Demo.Admin,
        Role.Developer => Demo.Developer,
        Role.SecurityReviewer => Demo.Reviewer,
        Role.Cashier => Demo.Cashier,
    };
}
