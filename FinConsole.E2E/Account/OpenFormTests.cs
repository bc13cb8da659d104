using System.Reflection;
using System.Text.RegularExpressions;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.Mfa;
using FinConsole.E2E.Team;
using FinConsole.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Account;

/// <summary>A form that is open in one tab, while a link on another site leads here and somebody signs in in a second tab.</summary>
public sealed class OpenFormTests(ConsoleServer server, SetupTests.EmptyServer empty, Chromium chromium)
    : ConsoleTest(server, chromium), IClassFixture<SetupTests.EmptyServer>
{
    private const string Chosen = "quiet-otter-lantern-82";
    private const string Webmail = "http://webmail.example/";
    private static readonly Regex AtSignIn = new("/account/login");

    private OwnTenant _tenant = null!;

    private Dictionary<string, Func<IPage, Task>> Forms => new()
    {
        [ConsoleUrls.Login] = SignInFormAsync,
        [ConsoleUrls.LoginMfa] = page => SecondFactorFormAsync(page, ConsoleUrls.LoginMfa),
        [ConsoleUrls.LoginRecovery] = page => SecondFactorFormAsync(page, ConsoleUrls.LoginRecovery),
        [ConsoleUrls.Logout] = SignOutFormAsync,
        [ConsoleUrls.ForgotPassword] = ForgotFormAsync,
        [ConsoleUrls.ResetPassword] = ResetFormAsync,
        [ConsoleUrls.ConfirmEmail] = ConfirmFormAsync,
        [ConsoleUrls.AcceptInvitation] = AcceptFormAsync,
        [ConsoleUrls.Setup] = SetupFormAsync,
    };

    public static TheoryData<string> StaticForms() => [.. RoutesWithForms()];

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Theory]
    [MemberData(nameof(StaticForms))]
    public async Task Is_accepted_after_a_link_from_another_site_and_a_sign_in_in_a_second_tab(string form) => await Forms[form](await OpenAsync());

    [Fact]
    public async Task A_link_from_another_site_leaves_the_forms_cookie_as_it_is_and_signing_out_works()
    {
        var page = await OpenFreshAsync(_tenant.Developer);
        await page.GotoAsync(ConsoleUrls.Logout);
        var before = await FormCookieAsync(page);

        await FollowForeignLinkAsync(page.Context, ConsoleUrls.ForgotPassword);

        Assert.Equal(before, await FormCookieAsync(page));
        await page.Button("Sign out").ClickAsync();
        await AssertSignedOutAsync(page);
    }

    [Fact]
    public async Task The_second_of_two_sign_in_tabs_lands_where_it_wanted_to_go()
    {
        var first = await OpenAsync();
        await first.GotoAsync(ConsoleUrls.Tokens);
        var second = await OpenInAsync(first.Context);
        await second.GotoAsync(ConsoleUrls.Sessions);
        Watch(first).ExpectLostConnection();
        await first.TrySignInAsync(_tenant.Developer.Email, _tenant.Developer.Password);
        await Assertions.Expect(first).ToHaveURLAsync(new Regex(ConsoleUrls.Tokens));

        await second.TrySignInAsync(_tenant.Developer.Email, _tenant.Developer.Password);

        await Assertions.Expect(second).ToHaveURLAsync(new Regex($"{ConsoleUrls.Sessions}$"));
        // It replaced the session of the first tab, whose page comes back under the new one.
        await Assertions.Expect(second.GetByTestId("session-row")).ToHaveCountAsync(1);
        await Assertions.Expect(first.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "API Connections" })).ToBeVisibleAsync();
        await first.WaitForFunctionAsync(Chromium.PageIsLive);
    }

    // Every page that takes a form the ordinary way.
    private static IEnumerable<string> RoutesWithForms() =>
        from page in typeof(ConsoleUrls).Assembly.GetTypes()
        where page.IsDefined(typeof(ExcludeFromInteractiveRoutingAttribute))
            && page.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Any(method => method.Name.StartsWith("Submit", StringComparison.Ordinal))
        from route in page.GetCustomAttributes<RouteAttribute>()
        select route.Template;

    private static async Task<string> FormCookieAsync(IPage page) =>
        Assert.Single(await page.Context.CookiesAsync(), cookie => cookie.Name == "__Host-finconsole-af").Value;

    // What happens in a second tab of the same browser while the form is open in the first.
    private async Task InterruptAsync(IPage page)
    {
        var second = await FollowForeignLinkAsync(page.Context, ConsoleUrls.Login);
        if (!AtSignIn.IsMatch(second.Url))
            return;
        await second.TrySignInAsync(_tenant.Reviewer.Email, _tenant.Reviewer.Password);
        await Assertions.Expect(second).Not.ToHaveURLAsync(AtSignIn);
        // A session that is replaced while its page connects is an error in that page.
        await second.WaitForFunctionAsync(Chromium.PageIsLive);
        Watch(second).ExpectLostConnection();
    }

    private async Task<IPage> FollowForeignLinkAsync(IBrowserContext browser, string path)
    {
        var link = new Uri(Server.Address, path);
        await browser.RouteAsync(Webmail, route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<!DOCTYPE html><a href=\"{link}\">Your mail</a>" }));
        var page = await OpenInAsync(browser);
        await page.GotoAsync(Webmail);
        await page.GetByRole(AriaRole.Link, new() { Name = "Your mail" }).ClickAsync();
        await page.WaitForURLAsync(url => url.StartsWith(Server.Address.ToString(), StringComparison.Ordinal));
        return page;
    }

    private async Task SignInFormAsync(IPage page)
    {
        await page.GotoAsync(ConsoleUrls.Login);
        await InterruptAsync(page);
        await page.TrySignInAsync(_tenant.Developer.Email, _tenant.Developer.Password);
        await Assertions.Expect(page).ToHaveURLAsync(Server.Address.ToString());
    }

    private async Task SecondFactorFormAsync(IPage page, string route)
    {
        var (phone, codes) = await (await OpenFreshAsync(_tenant.Developer)).EnrolAsync();
        await page.GotoAsync(ConsoleUrls.Login);
        await page.TrySignInAsync(_tenant.Developer.Email, _tenant.Developer.Password);
        await Assertions.Expect(page.Button("Verify")).ToBeVisibleAsync();
        if (route == ConsoleUrls.LoginRecovery)
            await page.GotoAsync(route);
        await InterruptAsync(page);
        await page.VerifyAsync(route == ConsoleUrls.LoginRecovery ? codes[0] : await phone.NextCodeAsync(), route == ConsoleUrls.LoginRecovery ? "Recovery code" : "Authentication code");
        await Assertions.Expect(page).ToHaveURLAsync(Server.Address.ToString());
    }

    private async Task SignOutFormAsync(IPage page)
    {
        var second = await OpenInAsync(page.Context);
        await second.GotoAsync(ConsoleUrls.Login);
        await page.Context.SignInAsync(_tenant.Developer);
        await page.GotoAsync(ConsoleUrls.Logout);
        // Somebody else signs in meanwhile: the form's token is bound to the first.
        await second.TrySignInAsync(_tenant.Reviewer.Email, _tenant.Reviewer.Password);
        await Assertions.Expect(second).Not.ToHaveURLAsync(AtSignIn);
        // A session that is replaced while its page connects is an error in that page.
        await second.WaitForFunctionAsync(Chromium.PageIsLive);
        Watch(second).ExpectLostConnection();
        await FollowForeignLinkAsync(page.Context, ConsoleUrls.ForgotPassword);
        await page.Button("Sign out").ClickAsync();
        await AssertSignedOutAsync(page);
    }

    private static async Task AssertSignedOutAsync(IPage page)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("You have signed out.");
        Assert.Equal(401, (await page.Context.APIRequest.GetAsync(ConsoleUrls.SessionState)).Status);
    }

    private async Task ForgotFormAsync(IPage page)
    {
        await page.GotoAsync(ConsoleUrls.ForgotPassword);
        await InterruptAsync(page);
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(_tenant.Developer.Email);
        await page.Button("Send link").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Server.Mailbox.WaitForLinkAsync(_tenant.Developer.Email, Stop);
    }

    private async Task ResetFormAsync(IPage page)
    {
        await page.GotoAsync(ConsoleUrls.ForgotPassword);
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(_tenant.Developer.Email);
        await page.Button("Send link").ClickAsync();
        await page.GotoAsync((await Server.Mailbox.WaitForLinkAsync(_tenant.Developer.Email, Stop)).PathAndQuery);
        await InterruptAsync(page);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(Chosen);
        await page.Button("Set new password").ClickAsync();
        await (await OpenAsync()).SignInAsync(_tenant.Developer with { Password = Chosen });
    }

    private async Task ConfirmFormAsync(IPage page)
    {
        const string Address = "moved@elsewhere.example";
        var profile = await OpenFreshAsync(_tenant.Developer);
        await GoLiveAsync(profile, ConsoleUrls.Profile);
        await profile.GetByLabel("New email", new() { Exact = true }).FillAsync(Address);
        await profile.GetByLabel("Current password", new() { Exact = true }).FillAsync(_tenant.Developer.Password);
        await profile.Button("Send confirmation link").ClickAsync();
        await page.GotoAsync((await Server.Mailbox.WaitForLinkAsync(Address, Stop)).PathAndQuery);
        await InterruptAsync(page);
        await page.Button("Confirm address").ClickAsync();
        await Assertions.Expect(page.GetByText("Your new address is in force")).ToBeVisibleAsync();
    }

    private async Task AcceptFormAsync(IPage page)
    {
        var joining = new Person(default, "Jo Ining", $"jo@{_tenant.Id:N}.example", Chosen, Role.Developer);
        var link = await Server.AddInvitationAsync(_tenant, joining.Email);
        await page.GotoAsync(link);
        await InterruptAsync(page);
        await page.GetByLabel("Your name", new() { Exact = true }).FillAsync(joining.Name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(joining.Password);
        await page.Button("Accept invitation").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await (await OpenAsync()).SignInAsync(joining);
    }

    // Nobody can sign in to an empty console: a foreign link it is, to its sign-in page.
    private async Task SetupFormAsync(IPage page)
    {
        var link = new Uri(empty.Address, new Uri((await empty.Get<SetUpConsole>().IssueLinkAsync(Stop))!.Reveal()).PathAndQuery);
        await page.GotoAsync(link.ToString());
        var second = await OpenInAsync(page.Context);
        await page.Context.RouteAsync(Webmail, route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<!DOCTYPE html><a href=\"{new Uri(empty.Address, ConsoleUrls.Login)}\">Your mail</a>" }));
        await second.GotoAsync(Webmail);
        await second.GetByRole(AriaRole.Link, new() { Name = "Your mail" }).ClickAsync();
        await Assertions.Expect(second).ToHaveURLAsync(AtSignIn);
        foreach (var (label, text) in new[] { ("Tenant", "First"), ("Your name", "Fay First"), ("Email", "fay@first.example"), ("Password", Chosen) })
            await page.GetByLabel(label, new() { Exact = true }).FillAsync(text);
        await page.Button("Create tenant").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your console is ready.");
    }
}
