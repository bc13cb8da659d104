using System.Net;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting;

public sealed class WebHostTests(WebConsole console) : IClassFixture<WebConsole>
{
    // Serves files of wwwroot that are newer than the build, in Development alone; the fallback policy asks for a member there.
    private const string FilesOfDevelopment = "Fallback {**path:file}";

    [Fact]
    public void Every_endpoint_states_who_may_reach_it()
    {
        using var browser = console.Browser();
        var undecided = console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<ApiAccess>() is null)
            .Select(endpoint => endpoint.DisplayName).Where(name => name != FilesOfDevelopment);

        Assert.Empty(undecided);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account/profile")]
    [InlineData("/settings/api-connections/tokens")]
    [InlineData("/nowhere")]
    public async Task Sends_a_stranger_to_sign_in_and_back_by_a_local_address(string page)
    {
        using var browser = console.Browser();
        browser.DefaultRequestHeaders.Host = "evil.example";

        var answer = await browser.GetAsync(page, Stop);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal($"/account/login?returnUrl={Uri.EscapeDataString(page)}", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/account/session")]
    [InlineData("/not-found")]
    [InlineData("/error")]
    public async Task Protects_every_answer_with_headers(string page)
    {
        using var browser = console.Browser();

        var answer = await browser.GetAsync(page, Stop);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Matches(
            "^default-src 'none'; script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'; style-src-elem 'self' 'nonce-[A-Za-z0-9+/=]{24}'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'$",
            policy);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("/api/v1/whoami")]
    [InlineData("/user/nothing-here")]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/live")]
    public async Task Lets_a_browser_load_nothing_for_an_answer_of_the_api(string path)
    {
        using var browser = console.Browser();

        var answer = await browser.GetAsync(path, Stop);

        Assert.Equal("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Sets_a_cookie_that_scripts_other_sites_and_plain_http_do_not_get()
    {
        using var browser = console.Browser();

        var answer = await WebConsole.SignInAsync(browser, page: "/account/login?returnUrl=%2Fsecurity%2Faudit");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/security/audit", answer.Headers.Location!.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), each => each.StartsWith("__Host-finconsole=", StringComparison.Ordinal));
        Assert.EndsWith("; path=/; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_form_without_its_token_with_a_page()
    {
        using var browser = console.Browser();

        var answer = await browser.PostAsync("/account/login", new FormUrlEncodedContent([new("_handler", "sign-in"), new("Form.Email", WebConsole.Email)]), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_the_live_connection_to_strangers_without_a_redirect()
    {
        using var browser = console.Browser();

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/account/session", Stop)).StatusCode);
    }

    [Fact]
    public async Task Knows_a_session_until_it_ends_and_then_refuses_its_cookie_everywhere()
    {
        using var browser = console.Browser();
        await WebConsole.SignInAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/session", Stop)).StatusCode);

        await WebConsole.PostAsync(browser, "/account/logout");

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/account/session", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Stop)).StatusCode);
    }

    [Fact]
    public async Task Answers_alike_for_an_account_that_exists_and_one_that_does_not()
    {
        using var browser = console.Browser();

        var known = await WebConsole.PostAsync(browser, "/account/forgot-password", ("Form.Email", WebConsole.Email));
        var unknown = await WebConsole.PostAsync(browser, "/account/forgot-password", ("Form.Email", "nobody@acme.example"));

        Assert.Equal(Visible(await known.Content.ReadAsStringAsync(Stop)), Visible(await unknown.Content.ReadAsStringAsync(Stop)));
    }

    private static string Visible(string html) => html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
}
