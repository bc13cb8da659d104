using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FinConsole.Core.ServiceTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>RFC 7662, for the company's own servers alone.</summary>
public sealed class IntrospectTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    [Fact]
    public async Task A_good_token_is_active_with_who_it_is()
    {
        var service = await console.MakeServiceTokenAsync("ledger");
        var token = await console.MakeTokenAsync(console.Tenant, "Introspected", "198.51.100.0/24", "read:payments", "write:limited");

        var answer = await AskAsync(service.Reveal(), ("token", token.Secret.Reveal()), ("ip", "198.51.100.9"), ("scope", "read:payments write:limited"));

        Assert.True(answer.GetProperty("active").GetBoolean());
        Assert.Equal(token.Token.Id, answer.GetProperty("token_id").GetGuid());
        Assert.Equal(console.Tenant.Id, answer.GetProperty("tid").GetGuid());
        Assert.Equal(console.Tenant.Cashier.Id, answer.GetProperty("cashier").GetGuid());
        Assert.Equal("read:payments write:limited", answer.GetProperty("scope").GetString());
        Assert.Equal(token.Token.ExpiresAt.ToUnixTimeSeconds(), answer.GetProperty("exp").GetInt64());
    }

    [Theory]
    [InlineData("198.51.100.9", "write:payments")]
    [InlineData("198.51.100.9", "read:nothing-known")]
    [InlineData("203.0.113.7", "read:payments")]
    [InlineData(null, "read:payments")]
    public async Task Anything_else_is_not_active_and_nothing_more_is_said(string? ip, string scope)
    {
        var service = await console.MakeServiceTokenAsync($"asks {ip} {scope}");
        var token = await console.MakeTokenAsync(console.Tenant, $"Not for {ip} {scope}", "198.51.100.0/24", "read:payments");

        var answer = await AskAsync(service.Reveal(), [("token", token.Secret.Reveal()), ("scope", scope), .. ip is null ? Array.Empty<(string, string)>() : [("ip", ip)]]);

        Assert.Equal("{\"active\":false}", answer.GetRawText());
    }

    [Fact]
    public async Task A_revoked_service_is_refused_and_so_are_tenants_tokens()
    {
        var service = await console.MakeServiceTokenAsync("short lived");
        var token = await console.MakeTokenAsync("No service", "read:*");
        Assert.False((await AskAsync(service.Reveal(), ("token", "junk"))).GetProperty("active").GetBoolean());

        Assert.True((await console.Services.GetRequiredService<RevokeServiceToken>().HandleAsync("short lived", Stop)).Succeeded);

        using var revoked = await SendAsync(service.Reveal(), new FormUrlEncodedContent([KeyValuePair.Create("token", "junk")]));
        using var tenants = await SendAsync(token.Secret.Reveal(), new FormUrlEncodedContent([KeyValuePair.Create("token", "junk")]));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden], [revoked.StatusCode, tenants.StatusCode]);
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("")]
    [InlineData("größer")]
    public async Task A_service_token_may_be_the_password_of_HTTP_Basic_with_any_user_name(string user)
    {
        var service = await console.MakeServiceTokenAsync("basic " + user);
        var token = await console.MakeTokenAsync("Introspected by Basic " + user, "read:payments");

        var form = new FormUrlEncodedContent([KeyValuePair.Create("token", token.Secret.Reveal())]);
        using var answer = await SendAsync(Basic($"{user}:{service.Reveal()}"), form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Nothing_else_is_taken_for_a_service_token_in_HTTP_Basic()
    {
        var service = (await console.MakeServiceTokenAsync("basic elsewhere")).Reveal();
        var token = (await console.MakeTokenAsync("Not by Basic", "read:payments")).Secret.Reveal();

        string[] wrong =
            [Basic(service), Basic(service + ":gateway"), Basic("gateway:" + service[..^1]), "Basic %%%", "Basic", "Basic /w==", "Digest " + service];
        foreach (var shown in wrong)
        {
            using var answer = await SendAsync(shown, new FormUrlEncodedContent([KeyValuePair.Create("token", token)]));
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{shown}: {answer.StatusCode}");
        }

        // Where no service token is taken, Basic is nothing at all.
        using var who = await console.Api.SendAsync(ApiConsole.Get("/api/v1/whoami", ("Authorization", Basic("gateway:" + token))), Stop);
        using var good = await console.Api.SendAsync(ApiConsole.Get("/api/v1/whoami", ("Authorization", "Bearer " + token)), Stop);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (who.StatusCode, good.StatusCode));
    }

    [Fact]
    public async Task A_malformed_form_is_told()
    {
        var service = await console.MakeServiceTokenAsync("clumsy");
        using var json = await SendAsync(service.Reveal(), JsonContent.Create(new { token = "x" }));
        using var none = await SendAsync(service.Reveal(), new FormUrlEncodedContent([]));
        using var twice = await SendAsync(service.Reveal(), new FormUrlEncodedContent([KeyValuePair.Create("token", "x"), KeyValuePair.Create("token", "y")]));
        using var address = await SendAsync(service.Reveal(), new FormUrlEncodedContent([KeyValuePair.Create("token", "x"), KeyValuePair.Create("ip", "home")]));

        Assert.Equal(
            [HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest],
            [json.StatusCode, none.StatusCode, twice.StatusCode, address.StatusCode]);
    }

    private async Task<JsonElement> AskAsync(string service, params (string Name, string Value)[] fields)
    {
        using var answer = await SendAsync(service, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    // A service token, or a whole header of another scheme.
    private Task<HttpResponseMessage> SendAsync(string service, HttpContent form)
    {
        var shown = service.Contains(' ') || service == "Basic" ? service : "Bearer " + service;
        return console.Api.SendAsync(ApiConsole.Request(HttpMethod.Post, "/api/v1/introspect", form, ("Authorization", shown)), Stop);
    }
}
