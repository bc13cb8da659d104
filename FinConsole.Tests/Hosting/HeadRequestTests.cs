using System.Net;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>HEAD says what GET would (RFC 9110, 9.3.2), of everything that a stranger may ask for.</summary>
public sealed class HeadRequestTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    // Different in every response, or left to the server where there is no body. Files of a development build have no whole second.
    private static readonly string[] Own = ["Last-Modified", "Date", "Transfer-Encoding", "Content-Length", "X-Request-Id", "Content-Security-Policy", "Set-Cookie", "traceparent"];

    [Fact]
    public async Task Every_GET_that_a_stranger_may_send_answers_HEAD_alike_and_without_a_body()
    {
        var (paths, faults) = (Paths(), new List<string>());
        foreach (var path in paths)
        {
            using var get = await SendAsync(HttpMethod.Get, path);
            using var head = await SendAsync(HttpMethod.Head, path);
            var body = await head.Content.ReadAsByteArrayAsync(Stop);
            if (get.StatusCode != head.StatusCode || body.Length > 0 || !HeadersOf(get).SequenceEqual(HeadersOf(head)))
                faults.Add($"{path}: {(int)get.StatusCode} {string.Join("; ", HeadersOf(get).Except(HeadersOf(head)))} | {(int)head.StatusCode} {string.Join("; ", HeadersOf(head).Except(HeadersOf(get)))} | {body.Length}");
        }

        Assert.Empty(faults);
        Assert.Superset(
            new HashSet<string> { "/docs", "/account/login", "/openapi/v1.json", "/favicon.ico", "/robots.txt", "/.well-known/jwks.json", "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/.well-known/security.txt", "/health", "/account/session" },
            paths.ToHashSet());
    }

    [Fact]
    public async Task The_icon_that_browsers_ask_for_is_there_and_robots_are_told_to_stay_away()
    {
        using var icon = await SendAsync(HttpMethod.Get, "/favicon.ico");
        using var robots = await SendAsync(HttpMethod.Get, "/robots.txt");

        Assert.Equal((HttpStatusCode.OK, "image/x-icon"), (icon.StatusCode, icon.Content.Headers.ContentType?.MediaType));
        Assert.Equal([0, 0, 1, 0], (await icon.Content.ReadAsByteArrayAsync(Stop))[..4]);
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (robots.StatusCode, robots.Content.Headers.ContentType?.MediaType));
        Assert.Equal("User-agent: *\nDisallow: /\n", await robots.Content.ReadAsStringAsync(Stop));
    }

    // Everything without a parameter that takes GET: a page that needs a member redirects both. The API's own guarded routes take GET alone.
    private List<string> Paths() =>
    [
        .. from endpoint in console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
           where endpoint.RoutePattern.Parameters.Count == 0 && endpoint.Metadata.GetMetadata<ApiAccess>() is null or { TakesAnybody: true }
           where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
           let path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
           // Gateways send it the client's own method; it has its own tests.
           where path != "/api/v1/authorize" && !path.StartsWith("/_blazor", StringComparison.Ordinal)
           group path by path into same
           orderby same.Key
           select same.Key,
        "/openapi/v1.json",
    ];

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path) => console.Api.SendAsync(new HttpRequestMessage(method, path), Stop);

    private static IEnumerable<string> HeadersOf(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers).Where(header => !Own.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
}
