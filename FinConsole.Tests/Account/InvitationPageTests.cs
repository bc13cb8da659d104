using System.Net;
using FinConsole.Core.Onboarding;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Team;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Account;

/// <summary>The pages behind the two kinds of link that make accounts, over HTTP.</summary>
public sealed class InvitationPageTests(WebConsole console) : IClassFixture<WebConsole>
{
    private const string Page = "/account/accept-invitation";
    private static int _number;

    [Fact]
    public async Task An_invitation_is_accepted_and_leads_to_sign_in()
    {
        var (path, email) = await InviteAsync();
        using var browser = console.Browser();
        var offer = WebUtility.HtmlDecode(await browser.GetStringAsync(path, Stop));
        Assert.Contains($"You will sign in as {email}.", offer, StringComparison.Ordinal);

        var answer = await WebConsole.PostAsync(browser, path, ("Form.Name", "Zoë <b>Ó</b>"), ("Form.Password", WebConsole.Password));

        Assert.Equal((HttpStatusCode.SeeOther, "/account/login?ready=joined"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Contains("Your account is ready.", WebUtility.HtmlDecode(await browser.GetStringAsync("/account/login?ready=joined", Stop)), StringComparison.Ordinal);
        var signedIn = await WebConsole.PostAsync(browser, "/account/login", ("Form.Email", email), ("Form.Password", WebConsole.Password));
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
    }

    [Fact]
    public async Task Where_somebody_else_is_signed_in_their_session_stays_and_the_page_says_how_to_go_on()
    {
        var (path, _) = await InviteAsync();
        using var browser = console.Browser();
        await WebConsole.SignInAsync(browser);

        var answer = await WebConsole.PostAsync(browser, path, ("Form.Name", "Zoë"), ("Form.Password", WebConsole.Password));

        Assert.Equal((HttpStatusCode.SeeOther, Page + "?done=1"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Contains("Sign out first", await browser.GetStringAsync(Page + "?done=1", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/session", Stop)).StatusCode);
    }

    [Fact]
    public async Task What_is_refused_is_told_under_its_field_and_typed_again_without_the_password()
    {
        var (path, _) = await InviteAsync();
        using var browser = console.Browser();

        var answer = await WebConsole.PostAsync(browser, path, ("Form.Name", "Zoë"), ("Form.Password", "canary-short"));
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Use at least 15 characters", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Zoë\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-short", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_died_while_its_form_was_open_says_so()
    {
        var (path, _) = await InviteAsync();
        using var first = console.Browser();
        using var second = console.Browser();

        var forms = await Task.WhenAll(WebConsole.OpenFormAsync(first, path), WebConsole.OpenFormAsync(second, path));

        var posts = await Task.WhenAll(forms.Select(post => post([("Form.Name", "Zoë"), ("Form.Password", WebConsole.Password)])));

        var refused = Assert.Single(posts, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Contains("This invitation no longer works", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Page)]
    [InlineData(Page + "?token=")]
    [InlineData(Page + "?token=nonsense")]
    [InlineData("/setup?token=nonsense")]
    public async Task A_dead_link_offers_no_form(string page)
    {
        using var browser = console.Browser();

        var answer = await browser.GetAsync(page, Stop);
        var html = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("no longer works", html, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", html, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Without_a_link_there_is_no_set_up_page()
    {
        using var browser = console.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/setup", Stop)).StatusCode);
        Assert.Null(await console.Services.GetRequiredService<SetUpConsole>().IssueLinkAsync(Stop));
    }

    [Fact]
    public async Task A_post_without_a_token_of_the_form_is_not_accepted()
    {
        var (path, _) = await InviteAsync();
        using var browser = console.Browser();

        var answer = await browser.PostAsync(path, new FormUrlEncodedContent([KeyValuePair.Create("_handler", "accept-invitation"), KeyValuePair.Create("Form.Name", "Zoë"), KeyValuePair.Create("Form.Password", WebConsole.Password)]), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    // A tenant of its own, whose admin is still to join.
    private async Task<(string Path, string Email)> InviteAsync()
    {
        var number = Interlocked.Increment(ref _number);
        var made = await console.Services.GetRequiredService<AddTenant>().HandleAsync(new AddTenantRequest($"Joined {number}", null, $"zoe@joined{number}.example"), Stop);
        Assert.True(made.Succeeded, made.Error?.ToString());
        return ($"{Page}?token={TeamSteps.SecretOf(made.Value).Reveal()}", made.Value.Email);
    }
}
