using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>The one route that every token may call, with each of the three headers.</summary>
public sealed class WhoAmITests(ApiConsole console) : IClassFixture<ApiConsole>
{
    [Theory]
    [InlineData("X-Auth-Token", "")]
    [InlineData("X-API-Key", "")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("authorization", "bearer ")]
    public async Task A_token_is_told_who_it_is(string header, string scheme)
    {
        var token = await console.MakeTokenAsync($"Who {Guid.NewGuid():N}");

        using var answer = await console.Api.SendAsync(ApiConsole.Get("/api/v1/whoami", (header, scheme + token.Secret.Reveal())), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("token", body.GetProperty("kind").GetString());
        Assert.Equal(token.Token.Id, body.GetProperty("token").GetProperty("id").GetGuid());
        Assert.Equal(console.Tenant.Cashier.Email, body.GetProperty("cashier").GetProperty("email").GetString());
        Assert.Equal("600", Assert.Single(answer.Headers.GetValues("X-RateLimit-Limit")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }
}
