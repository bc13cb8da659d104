using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>Whatever a program may take for an address of the API never leads to a page or a redirect.</summary>
public sealed class ApiSpellingTests(ApiContractTests.Console console) : IClassFixture<ApiContractTests.Console>
{
    private static readonly string[] Roots = ["api", "user", ".well-known", "openapi", "health", "metrics", "healthz", "livez", "readyz"];

    // {0} is the root as it is, {1} in capitals, {2} with its last character escaped, {3} escaped twice.
    private static readonly string[] Spellings =
    [
        "/{0}/nothing", "/{1}/nothing", "/{0}", "/{0}/", "//{0}/nothing", "///{0}//nothing", "/{0}//nothing", "/./{0}/nothing", "/%2e/{0}/nothing", "/x/../{0}/nothing",
        "/x/%2e%2e/{0}/nothing", "/x/..%2f{0}/nothing", "/x%2f..%2f{0}/nothing", "/../{0}/nothing", "/{2}/nothing", "/{3}/nothing", "/%2f{0}/nothing", "/%2F/{0}", "/{0}%2fnothing",
        "/%5c{0}/nothing", "/\\{0}/nothing", "/{0}\\nothing", "/{0}%5cnothing", "/{0};x/nothing", "/{0};x", "/{0}%3bx/nothing", "/;x/{0}/nothing", "/{0}./nothing", "/{0}%20/nothing",
        "/%20{0}/nothing", "//{1};x//nothing", "/x/y/../../{2}/nothing", "http://localhost//{0}/nothing", "http://localhost/./{1}/nothing",
        "/{0}%09/nothing", "/%09{0}/nothing", "/{0}%0b", "/{0}%2509/nothing", "/{0}%c2%a0/nothing", "/{0}%e2%80%8b/nothing", "/{0}%ef%b8%8f/nothing", "/{0}%f3%a0%84%80/nothing", "/{0}%c2%ad/nothing",
        "/{0}%c0%af/nothing", "/{0}%a0/nothing", "/{0}%ff", "/{0}%e2%88%95nothing", "/{0}%ef%bc%8fnothing", "/{0}%ef%bc%bcnothing", "/x/.%09./{0}/nothing", "/x/%e2%80%a5/{0}/nothing", "/x/%ef%bc%8e%ef%bc%8e/{0}/nothing",
        "/{0}::$DATA/nothing", "/{0}+/nothing", "/+{0}/nothing", "/{0}%3f/nothing", "/{0}%23/nothing",
    ];

    [Fact]
    public async Task In_every_spelling_below_the_API_there_is_a_problem_and_no_page()
    {
        using var connection = new RawConnection(console.Address);
        foreach (var root in Roots)
        {
            foreach (var spelling in Spellings)
            {
                var last = $"%{(int)root[^1]:x2}";
                var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, spelling, root, root.ToUpperInvariant(), root[..^1] + last, root[..^1] + last.Replace("%", "%25", StringComparison.Ordinal));
                var answer = await connection.SendAsync($"GET {target}", "Accept: text/html");
                // The health check is there, in more than one spelling.
                if (answer.Status == 200 && root == "health" && answer.Body is "healthy")
                    continue;
                Assert.True(answer.Status is 404 || (answer.Status is 406 && root == "health"), $"{target}: {answer.Head}");
                Assert.Equal((target, "application/problem+json"), (target, answer.Header("Content-Type")));
                Assert.Equal((target, null), (target, answer.Header("Location")));
            }
        }
    }

    [Fact]
    public async Task What_is_not_there_below_the_programs_addresses_is_a_problem_that_repeats_nothing()
    {
        using var connection = new RawConnection(console.Address);
        string[] documents = ["v2.json", "v1", "v1.yaml", "v1.json.json", "v1/", "v1.json/x", ".json", "%3Cb%3Enamed%3C/b%3E.json", "named.json", "swagger.json", "v1%2ejson%00"];
        string[] others =
        [
            "/.well-known/openid-configuration/named", "/.well-known/named", "/.well-known/change-password", "/.well-known/jwks", "/health/startup", "/health/named", "/health/live/x", "/healthz", "/livez", "/readyz/named",
            "/metrics", "/metrics/named", "/METRICS",
        ];
        foreach (var target in documents.Select(document => "/openapi/" + document).Concat(others))
        {
            foreach (var method in new[] { "GET", "HEAD", "POST", "PUT" })
            {
                var answer = await connection.SendAsync($"{method} {target}", "Accept: text/html", "Content-Length: 0");
                Assert.True(answer.Status is 404 or 400, $"{method} {target}: {answer.Head}");
                Assert.DoesNotContain("named", answer.Body, StringComparison.Ordinal);
                if (answer.Status == 404)
                    Assert.Equal((method, target, "application/problem+json"), (method, target, answer.Header("Content-Type")));
                if (answer.Status == 404 && method != "HEAD")
                    Assert.Contains("\"no_such_route\"", answer.Body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_known_route_in_another_spelling_is_that_route_or_a_problem()
    {
        using var connection = new RawConnection(console.Address);
        foreach (var target in new[] { "//api/v1/whoami", "/api//v1/whoami", "/%61pi/v1/whoami", "/API/V1/WHOAMI", "/./api/v1/whoami", "/api;x/v1/whoami", "/api%2fv1/whoami", "//api/v1/tokens?x=/account/login" })
        {
            foreach (var method in new[] { "GET", "POST", "HEAD", "OPTIONS" })
            {
                var answer = await connection.SendAsync($"{method} {target}", "Accept: text/html", "Content-Length: 0");
                Assert.True(answer.Status is 401 or 404 or 405 or 415, $"{method} {target}: {answer.Head}");
                Assert.Null(answer.Header("Location"));
                Assert.DoesNotContain("text/html", answer.Head, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Pages_go_on_being_pages()
    {
        using var connection = new RawConnection(console.Address);
        foreach (var target in new[] { "/", "/team", "/users", "/apis", "/settings/api-connections/tokens", "/docs/api", "/account/login", "/healthy" })
        {
            var answer = await connection.SendAsync($"GET {target}", "Accept: text/html");
            Assert.DoesNotContain("application/problem+json", answer.Head, StringComparison.Ordinal);
            Assert.InRange(answer.Status, 200, 404);
        }
    }
}
