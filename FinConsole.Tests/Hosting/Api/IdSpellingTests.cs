using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>An id in an address has one spelling, that of RFC 9562: anything else is no route of the API's.</summary>
public sealed class IdSpellingTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    private IEnumerable<(string Method, string Path)> Routes =>
        from endpoint in console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ApiAccess>() is not null && endpoint.RoutePattern.Parameters.Count > 0
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        where method != "HEAD"
        select (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{id:guid}", "{0}", StringComparison.Ordinal));

    [Fact]
    public async Task In_any_other_spelling_an_id_is_no_route()
    {
        var id = (await console.MakeTokenAsync("Spelled")).Token.Id;
        var member = await console.SignInAsync(console.Tenant.Admin);
        Assert.Equal(7, Routes.Count());
        foreach (var (method, path) in Routes)
        {
            foreach (var spelling in new[] { $"{id:N}", $"{id:B}", $"{id:P}", $"{id:X}", $"%7B{id}%7D", $"%20{id}", $"{id}%20", $"{id}%09", $"%EF%BC%BB{id}", $"+{id}", $"0x{id:N}" })
            {
                var target = string.Format(null, path, spelling);
                var (answer, body) = await console.SendAsync(new HttpMethod(method), target, null, member);
                Assert.True(404 == (int)answer.StatusCode, $"{method} {target}: {answer.StatusCode} {body}");
                Assert.Equal("no_such_route", body.GetProperty("code").GetString());
            }
        }
    }

    [Fact]
    public async Task Letter_case_does_not_matter()
    {
        var id = (await console.MakeTokenAsync("Capitals")).Token.Id;

        var (answer, body) = await console.SendAsync(HttpMethod.Get, $"/api/v1/tokens/{id.ToString().ToUpperInvariant()}", null, await console.SignInAsync(console.Tenant.Admin));

        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode} {body}");
        Assert.Equal($"{id:D}", body.GetProperty("id").GetString());
    }
}
