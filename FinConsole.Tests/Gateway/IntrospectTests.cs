using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.EntityFrameworkCore;
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
    public async Task Each_method_of_OAuth_clients_is_taken_and_two_of_them_at_once_are_not()
    {
        var service = (await console.MakeServiceTokenAsync("by each method")).Reveal();
        var token = (await console.MakeTokenAsync("By each method", "read:payments")).Secret.Reveal();
        // RFC 6749 2.3.1 has both parts encoded as a form's values; some libraries encode underscores too.
        var basic = Basic("ledger:" + service.Replace("_", "%5F", StringComparison.Ordinal));
        (string, string)[] post = [("token", token), ("client_id", "ledger"), ("client_secret", service)];

        foreach (var (fields, headers) in new ((string, string)[], (string, string)[])[] { (post, []), (post[..2], [("Authorization", basic)]), (post[..2], [("Authorization", "Bearer " + service)]) })
        {
            var (answer, body) = await AskAsync(fields, headers);
            Assert.Equal((HttpStatusCode.OK, true), (answer.StatusCode, body.GetProperty("active").GetBoolean()));
        }

        foreach (var header in new[] { ("Authorization", basic), ("Authorization", "Bearer " + service), ("X-Auth-Token", service) })
        {
            var (answer, body) = await AskAsync(post, header);
            Assert.Equal(
                (HttpStatusCode.BadRequest, "ambiguous_credentials", "invalid_request"),
                (answer.StatusCode, body.GetProperty("code").GetString(), body.GetProperty("error").GetString()));
            Assert.Equal(new[] { "client_secret", header.Item1 }.Order(), body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        }
    }

    [Fact]
    public async Task A_wrong_secret_is_answered_in_the_scheme_that_it_came_by()
    {
        var (tenants, unknown) = ((await console.MakeTokenAsync("No secret")).Secret.Reveal(), ApiTokenSecret.GenerateForService().Reveal());

        var (byForm, formBody) = await AskAsync([("token", "x"), ("client_id", "ledger"), ("client_secret", unknown)], ("Accept", "application/json"));
        var (byBasic, basicBody) = await AskAsync([("token", "x")], ("Authorization", Basic("ledger:" + unknown)));
        var (byBearer, bearerBody) = await AskAsync([("token", "x")], ("Authorization", "Bearer " + unknown));
        var (none, _) = await AskAsync([("token", "x"), ("client_id", "ledger"), ("client_secret", "")]);
        var (other, _) = await AskAsync([("token", "x"), ("client_secret", tenants)]);

        const string Realm = "Basic realm=\"FinConsole\", charset=\"UTF-8\"";
        Assert.Equal([Realm, Realm, "Bearer error=\"invalid_token\"", "Bearer"], new[] { byForm, byBasic, byBearer, none }.Select(answer => answer.Headers.WwwAuthenticate.ToString()));
        Assert.All([byForm, byBasic, byBearer, none], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Equal(["invalid_client", "invalid_client", "invalid_token"], new[] { formBody, basicBody, bearerBody }.Select(body => body.GetProperty("error").GetString()));
        Assert.Equal(["application/json", "application/problem+json"], new[] { byForm, byBasic }.Select(answer => answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Fact]
    public async Task A_member_s_access_token_is_active_with_its_claims_until_its_session_ends()
    {
        var service = ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("members")).Reveal());
        var member = await console.SignInAsync(console.Tenant.Reviewer);
        var jwt = member.Value["Bearer ".Length..];
        var claims = AccessSteps.Part(new Secret(jwt), 1);

        var (_, active) = await AskAsync([("token", jwt), ("token_type_hint", "access_token")], service);
        var (_, scoped) = await AskAsync([("token", jwt), ("scope", "read:payments")], service);
        using var ended = await console.Api.SendAsync(ApiConsole.Request(HttpMethod.Post, "/api/v1/auth/logout", null, member), Stop);
        var (_, inactive) = await AskAsync([("token", jwt)], service);

        var expected = new JsonObject { ["active"] = true, ["token_type"] = "Bearer" };
        foreach (var (name, value) in claims)
            expected[name] = value!.DeepClone();
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(active.GetRawText())), $"{expected.ToJsonString()} {active.GetRawText()}");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.All([scoped, inactive], body => Assert.Equal("{\"active\":false}", body.GetRawText()));
    }

    [Fact]
    public async Task A_member_who_has_yet_to_set_up_a_second_factor_has_no_active_token()
    {
        var strict = await console.NewTenantAsync();
        var service = ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("strict")).Reveal());
        await using (var db = console.Services.GetRequiredService<ConsoleDb>().Open(strict.Id))
            await db.Set<Tenant>().Where(tenant => tenant.Id == strict.Id).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.RequiresMfa, true), Stop);

        var (_, body) = await AskAsync([("token", (await console.SignInAsync(strict.Admin)).Value["Bearer ".Length..])], service);

        Assert.Equal("{\"active\":false}", body.GetRawText());
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

    private Task<(HttpResponseMessage Answer, JsonElement Body)> AskAsync((string Name, string Value)[] fields, params (string Name, string Value)[] headers) =>
        console.SendAsync(HttpMethod.Post, "/api/v1/introspect", new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), headers);

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    // A service token, or a whole header of another scheme.
    private Task<HttpResponseMessage> SendAsync(string service, HttpContent form)
    {
        var shown = service.Contains(' ') || service == "Basic" ? service : "Bearer " + service;
        return console.Api.SendAsync(ApiConsole.Request(HttpMethod.Post, "/api/v1/introspect", form, ("Authorization", shown)), Stop);
    }
}
