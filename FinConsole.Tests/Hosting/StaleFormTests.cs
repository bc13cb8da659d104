using System.Net;
using System.Text.RegularExpressions;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>What becomes of a form whose antiforgery token is missing or of another session, by what the browser says of its origin.</summary>
public sealed partial class StaleFormTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    private static readonly (string, string)[] Typed = [("_handler", "sign-in"), ("Form.Email", "typed@acme.example"), ("Form.Password", "typed-password")];

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Origin", "http://localhost:{0}")]
    public async Task Is_accepted_from_a_page_of_the_console(string header, string value)
    {
        using var browser = new RawBrowser(console.Address);
        await browser.SignInAsync(console.Tenant.Developer);

        var response = await SendAsync(browser, ConsoleUrls.Logout, [("_handler", "sign-out")], (header, string.Format(null, value, console.Address.Port)));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(ConsoleUrls.SessionState)).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task Is_refused_from_elsewhere_and_does_nothing(string header, string value)
    {
        using var browser = new RawBrowser(console.Address);
        await browser.SignInAsync(console.Tenant.Developer);

        var response = await SendAsync(browser, ConsoleUrls.Logout, [("_handler", "sign-out")], (header, value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("<form", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(ConsoleUrls.SessionState)).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task A_form_with_a_valid_token_is_refused_from_elsewhere_as_well(string header, string value)
    {
        using var browser = new RawBrowser(console.Address);
        await browser.SignInAsync(console.Tenant.Developer);
        var page = await (await browser.GetAsync(ConsoleUrls.Logout)).Content.ReadAsStringAsync(Stop);
        (string, string)[] form = [("_handler", "sign-out"), ("__RequestVerificationToken", Token().Match(page).Groups[1].Value)];

        var refused = await SendAsync(browser, ConsoleUrls.Logout, form, (header, value));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(ConsoleUrls.SessionState)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(browser, ConsoleUrls.Logout, form)).StatusCode);
    }

    [Fact]
    public async Task Is_shown_again_with_what_was_typed_and_a_fresh_token_where_the_browser_says_nothing()
    {
        using var browser = new RawBrowser(console.Address);

        var response = await SendAsync(browser, ConsoleUrls.Login, Typed);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync(Stop);
        Assert.Contains("Check what you entered and send it again.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"typed@acme.example\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("typed-password", page, StringComparison.Ordinal);
        var token = Token().Match(page).Groups[1].Value;
        var again = await SendAsync(
            browser, ConsoleUrls.Login, [("_handler", "sign-in"), ("__RequestVerificationToken", token), ("Form.Email", console.Tenant.Developer.Email), ("Form.Password", TestMember.Password)]);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task Shows_no_typed_code_again()
    {
        using var browser = new RawBrowser(console.Address);

        var response = await SendAsync(browser, ConsoleUrls.LoginRecovery, [("_handler", "second-factor"), ("Form.Code", "typed-code")]);

        // Nothing waits for a code here: back to the beginning.
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.DoesNotContain("typed-code", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_while_signed_in_ends_the_session_before()
    {
        using var browser = new RawBrowser(console.Address);
        await browser.SignInAsync(console.Tenant.Developer);
        using var before = new RawBrowser(console.Address);
        var cookies = browser.Cookies;
        Assert.Equal(HttpStatusCode.OK, (await before.GetAsync(ConsoleUrls.SessionState, ("Cookie", cookies))).StatusCode);

        await browser.SignInAsync(console.Tenant.Reviewer);

        Assert.Equal(HttpStatusCode.Unauthorized, (await before.GetAsync(ConsoleUrls.SessionState, ("Cookie", cookies))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(ConsoleUrls.SessionState)).StatusCode);
        await using var context = console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id);
        Assert.Equal([SessionEnd.Replaced], await context.Set<MemberSession>()
            .Where(session => session.MemberId == console.Tenant.Developer.Id && session.EndReason == SessionEnd.Replaced).Select(session => session.EndReason!.Value).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_late_request_of_the_session_before_leaves_the_new_cookie_alone()
    {
        using var browser = new RawBrowser(console.Address);
        await browser.SignInAsync(console.Tenant.Cashier);
        var cookies = browser.Cookies;
        await browser.SignInAsync(console.Tenant.Cashier);
        using var late = new RawBrowser(console.Address);

        var response = await late.GetAsync(ConsoleUrls.Profile, ("Cookie", cookies));

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.DoesNotContain(response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [], cookie => cookie.StartsWith("__Host-finconsole=", StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> SendAsync(RawBrowser browser, string page, (string Name, string Value)[] fields, params (string, string)[] headers) =>
        browser.SendAsync(HttpMethod.Post, page, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), headers);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
