using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FinConsole.Core.Email;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.Options;
using Xunit;

namespace FinConsole.Tests.OAuth;

/// <summary>What OAuth libraries are told of this server (RFC 8414).</summary>
public sealed class ServerMetadataTests(ServerMetadataTests.Console console) : IClassFixture<ServerMetadataTests.Console>
{
    private const string Address = "/.well-known/oauth-authorization-server";

    public sealed class Console : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings => [("Console:PublicUrl", "https://console.example/")];
    }

    [Theory]
    [InlineData(Address)]
    [InlineData("/.well-known/openid-configuration")]
    public async Task Says_what_there_is_and_nothing_that_there_is_not(string address)
    {
        var (answer, body) = await console.SendAsync(HttpMethod.Get, address, null);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(
            """
            {"issuer":"https://console.example","jwks_uri":"https://console.example/.well-known/jwks.json","service_documentation":"https://console.example/docs","response_types_supported":[],"grant_types_supported":[],"introspection_endpoint":"https://console.example/api/v1/introspect","introspection_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","Bearer"],"revocation_endpoint":"https://console.example/api/v1/revoke","revocation_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","none"],"access_token_signing_alg_values_supported":["ES256"]}
            """.Trim(),
            body.GetRawText());
    }

    [Fact]
    public async Task May_be_kept_for_minutes_and_asked_for_again_by_its_tag()
    {
        using var first = await console.Api.GetAsync(Address, Stop);
        using var again = await console.Api.SendAsync(ApiConsole.Get(Address, ("If-None-Match", first.Headers.ETag!.ToString())), Stop);

        Assert.Equal("public, max-age=300", first.Headers.CacheControl?.ToString());
        Assert.Equal((HttpStatusCode.NotModified, "public, max-age=300"), (again.StatusCode, again.Headers.CacheControl?.ToString()));
    }

    [Fact]
    public async Task The_issuer_is_spelled_alike_in_tokens_metadata_introspection_and_the_OpenAPI_document()
    {
        var (_, header) = await console.SignInAsync(console.Tenant.Developer);
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(header.Split('.')[1]));
        var service = ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("spelling")).Reveal());
        var tenants = (await console.MakeTokenAsync("Spelled")).Secret.Reveal();

        string?[] issuers =
        [
            claims.RootElement.GetProperty("iss").GetString(),
            (await console.Api.GetFromJsonAsync<JsonElement>(Address, Stop)).GetProperty("issuer").GetString(),
            (await IntrospectAsync(header["Bearer ".Length..])).GetProperty("iss").GetString(),
            (await IntrospectAsync(tenants)).GetProperty("iss").GetString(),
            (await console.Api.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop)).GetProperty("servers")[0].GetProperty("url").GetString(),
        ];

        Assert.All(issuers, issuer => Assert.Equal("https://console.example", issuer));

        async Task<JsonElement> IntrospectAsync(string token) =>
            (await console.SendAsync(HttpMethod.Post, "/api/v1/introspect", new FormUrlEncodedContent([new("token", token)]), service)).Body;
    }

    [Theory]
    [InlineData("https://console.example")]
    [InlineData("https://console.example/")]
    public void A_slash_at_the_end_of_the_configured_address_changes_nothing(string configured) =>
        Assert.Equal("https://console.example", new AccessTokenAddress(new ConsoleAddress(new Uri(configured)), Options.Create(new AccessTokenOptions())).Issuer);
}
