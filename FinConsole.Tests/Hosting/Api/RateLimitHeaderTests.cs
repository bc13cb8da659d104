using System.Net;
using System.Text;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>Every answer to a request with a good credential says where its sender stands (api.md), whatever part of the program answers.</summary>
public sealed class RateLimitHeaderTests(RateLimitHeaderTests.Console console) : IClassFixture<RateLimitHeaderTests.Console>
{
    private static readonly string[] Named = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

    [Fact]
    public async Task Every_answer_of_every_route_bears_them_for_a_member_and_for_a_token()
    {
        var description = await ApiDescription.ReadAsync(console);
        var token = ("X-Auth-Token", (await console.MakeTokenAsync("Counted", "write:accounts")).Secret.Reveal());
        var admin = await console.SignInAsync(console.Tenant.Admin);
        var unsupported = 0;
        // Signing out would end what the walk goes on with, and authorize speaks to gateways.
        string[] others = ["/api/v1/authorize", "/api/v1/auth/logout"];
        foreach (var operation in description.Operations.Where(operation => !operation.IsOpen && !others.Contains(operation.Path)))
        {
            var path = operation.PathWith(Guid.NewGuid().ToString());
            foreach (var caller in new[] { token, admin })
            {
                await AssertToldAsync(operation.Method, path, null, caller);
                await AssertToldAsync(operation.Method, path, null, caller, ("Accept", "application/pdf"));
                await AssertToldAsync(HttpMethod.Put, path, null, caller);
                if (operation.BodyType is not null && await AssertToldAsync(operation.Method, path, Text(), caller) == HttpStatusCode.UnsupportedMediaType)
                    unsupported++;
            }
        }

        Assert.True(unsupported >= 10, $"{unsupported} answers were 415.");
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/tokens/not-an-id")]
    [InlineData("/user/elsewhere")]
    public async Task So_does_the_answer_of_a_path_that_is_not_there(string path)
    {
        await AssertToldAsync(HttpMethod.Get, path, null, ("X-Auth-Token", (await console.MakeTokenAsync($"Lost at {path}")).Secret.Reveal()));
        await AssertToldAsync(HttpMethod.Get, path, null, await console.SignInAsync(console.Tenant.Developer));
        using var stranger = await console.Api.SendAsync(ApiConsole.Get(path, ("X-Auth-Token", "junk")), Stop);
        Assert.Equal((HttpStatusCode.NotFound, false), (stranger.StatusCode, stranger.Headers.Contains(Named[0])));
    }

    [Fact]
    public async Task A_content_type_that_a_route_does_not_read_is_told_to_those_alone_who_may_call_it()
    {
        var description = await ApiDescription.ReadAsync(console);
        var cashier = await console.SignInAsync(console.Tenant.Cashier);
        foreach (var operation in description.Operations.Where(operation => !operation.IsOpen && operation.BodyType == "application/json"))
        {
            var path = operation.PathWith(Guid.NewGuid().ToString());
            using var nobody = await console.Api.SendAsync(ApiConsole.Request(operation.Method, path, Text()), Stop);
            Assert.Equal(($"{operation}", HttpStatusCode.Unauthorized), ($"{operation}", nobody.StatusCode));
            using var allowed = await console.Api.SendAsync(ApiConsole.Request(operation.Method, path, null, cashier), Stop);
            using var refused = await console.Api.SendAsync(ApiConsole.Request(operation.Method, path, Text(), cashier), Stop);
            Assert.Equal(($"{operation}", allowed.StatusCode == HttpStatusCode.Forbidden), ($"{operation}", refused.StatusCode == HttpStatusCode.Forbidden));
        }
    }

    private async Task<HttpStatusCode> AssertToldAsync(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var answer = await console.Api.SendAsync(ApiConsole.Request(method, path, body, headers), Stop);
        Assert.All(Named, name => Assert.True(answer.Headers.Contains(name), $"{method} {path} as {headers[0].Name}: {(int)answer.StatusCode} without {name}"));
        return answer.StatusCode;
    }

    private static StringContent Text() => new("{}", Encoding.UTF8, "text/plain");

    /// <summary>Limited, but not to what a walk over all routes sends.</summary>
    public sealed class Console : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
            new[] { "PerTokenPerMinute", "PerTenantPerMinute", "PerIpPerMinute", "PerAccountPerMinute" }.Select(name => ($"RateLimits:{name}", "100000"));
    }
}
