using System.Net;
using System.Text;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Account;

/// <summary>A post to a page that names no form of it, or is no form: every page answers it with a page of the console, and repeats nothing of it.</summary>
public sealed class UnknownFormTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    private const string Sent = "reflected-value";
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly (string? Type, string Body)[] Posts =
    [
        (Form, $"_handler={Sent}"), (Form, $"_handler=%3Cb%3E{Sent}%3C/b%3E"), (Form, $"a={Sent}"), (Form, ""), (Form, "_handler="), (Form, $"_handler=sign-in&_handler={Sent}"),
        (Form, $"_handler=%5B{Sent}%5Dsign-in"), (Form, $"_handler=sign-in.{Sent}"), (Form, $"_handler=SIGN-IN&{Sent}=1"),
        ("multipart/form-data; boundary=x", $"--x\r\nContent-Disposition: form-data; name=\"_handler\"\r\n\r\n{Sent}\r\n--x--\r\n"),
        ("multipart/form-data", Sent), ("text/plain", $"_handler={Sent}"), ("application/json", $$"""{"_handler":"{{Sent}}"}"""), ($"application/{Sent}", Sent), (null, $"_handler={Sent}"), (null, ""),
    ];

    private IEnumerable<string> Pages =>
        from endpoint in console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && endpoint.RoutePattern.Parameters.Count == 0
        select "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    [Fact]
    public async Task Is_answered_with_a_page_that_says_so_for_a_stranger() =>
        await WalkAsync(new RawBrowser(console.Address), [ConsoleUrls.Login, ConsoleUrls.ForgotPassword, ConsoleUrls.ResetPassword, ConsoleUrls.AcceptInvitation]);

    [Fact]
    public async Task Is_answered_with_a_page_that_says_so_for_a_member()
    {
        var browser = new RawBrowser(console.Address);
        await browser.SignInAsync(console.Tenant.Admin);
        await WalkAsync(browser, [ConsoleUrls.Logout, ConsoleUrls.ConfirmEmail, ConsoleUrls.Overview, ConsoleUrls.Profile]);
    }

    private async Task WalkAsync(RawBrowser browser, string[] reached)
    {
        using var disposed = browser;
        foreach (var page in Pages.Distinct())
        {
            foreach (var (type, body) in Posts)
            {
                var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
                if (type is not null)
                    content.Headers.TryAddWithoutValidation("Content-Type", type);
                var answer = await browser.SendAsync(HttpMethod.Post, page, content, ("Sec-Fetch-Site", "same-origin"));
                AssertOwnPage($"{page} {type} {body}", answer, await answer.Content.ReadAsStringAsync(Stop), mustRefuse: reached.Contains(page), RefusalOf(type));
            }
        }
    }

    // No page has a multipart form.
    private static HttpStatusCode RefusalOf(string? type) =>
        type?.StartsWith("multipart/", StringComparison.Ordinal) == true ? HttpStatusCode.UnsupportedMediaType : HttpStatusCode.BadRequest;

    private static void AssertOwnPage(string asked, HttpResponseMessage answer, string text, bool mustRefuse, HttpStatusCode refusal)
    {
        Assert.DoesNotContain(Sent, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Sent, $"{answer.Headers}", StringComparison.OrdinalIgnoreCase);
        Assert.True(!mustRefuse || answer.StatusCode == refusal, $"{asked}: {answer.StatusCode}");
        Assert.True((int)answer.StatusCode is >= 300 and < 500, $"{asked}: {answer.StatusCode}");
        if ((int)answer.StatusCode < 400)
            return;
        Assert.True(answer.Content.Headers.ContentType?.MediaType == "text/html", $"{asked}: {answer.Content.Headers.ContentType}");
        if (answer.StatusCode == refusal)
            Assert.Contains("be accepted</h1>", text, StringComparison.Ordinal);
    }
}
