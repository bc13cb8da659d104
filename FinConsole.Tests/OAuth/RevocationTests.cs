using System.Net;
using System.Text;
using System.Text.Json;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.OAuth;

/// <summary>RFC 7009, as libraries and servers call it.</summary>
public sealed class RevocationTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    private const string Revoke = "/api/v1/revoke";

    [Theory]
    [InlineData("")]
    [InlineData("Authorization")]
    [InlineData("X-Auth-Token")]
    public async Task A_tenant_s_token_ends_itself_and_again_without_a_word(string header)
    {
        var token = (await console.MakeTokenAsync($"Ends itself {header}")).Secret.Reveal();
        (string, string)[] shown = header.Length == 0 ? [] : [(header, header == "Authorization" ? "Bearer " + token : token)];

        for (var times = 0; times < 2; times++)
        {
            var (answer, body) = await AskAsync([("token", token), ("token_type_hint", "refresh_token")], shown);
            Assert.Equal((HttpStatusCode.OK, JsonValueKind.Undefined), (answer.StatusCode, body.ValueKind));
        }

        using var after = await console.Api.SendAsync(ApiConsole.Get("/api/v1/whoami", ("X-Auth-Token", token)), Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_access_token_or_refresh_token_ends_its_session(bool refresh)
    {
        var issued = (await console.Services.GetRequiredService<SignInProgram>()
            .HandleAsync(console.Tenant.Reviewer.Email, TestMember.Secret, new Secret(""), AccessSteps.Program, Stop)).Value!;

        var (answer, _) = await AskAsync([("token", (refresh ? issued.RefreshToken : issued.AccessToken).Reveal()), ("client_id", "finconsole-api")]);

        using var after = await console.Api.SendAsync(ApiConsole.Get("/api/v1/whoami", ("Authorization", "Bearer " + issued.AccessToken.Reveal())), Stop);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], [answer.StatusCode, after.StatusCode]);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Basic")]
    [InlineData("form")]
    public async Task A_service_token_ends_it_by_each_method_that_the_metadata_names(string method)
    {
        var service = (await console.MakeServiceTokenAsync($"revokes by {method}")).Reveal();
        var token = (await console.MakeTokenAsync($"Ended by {method}")).Secret.Reveal();
        (string, string)[] shown = method switch
        {
            "Bearer" => [("Authorization", "Bearer " + service)],
            "Basic" => [("Authorization", Basic("ledger", service))],
            _ => [],
        };

        var (answer, _) = await AskAsync([("token", token), .. shown.Length == 0 ? [("client_id", "ledger"), ("client_secret", service)] : Array.Empty<(string, string)>()], shown);

        using var after = await console.Api.SendAsync(ApiConsole.Get("/api/v1/whoami", ("X-Auth-Token", token)), Stop);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], [answer.StatusCode, after.StatusCode]);
    }

    [Fact]
    public async Task What_is_unknown_is_answered_like_what_has_ended()
    {
        foreach (var unknown in new[] { "x", "a.b.c", "fc_svc_x", ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal(), RefreshToken.NewSecret().Reveal() })
            Assert.Equal((unknown, HttpStatusCode.OK), (unknown, (await AskAsync([("token", unknown)])).Answer.StatusCode));
    }

    [Fact]
    public async Task Another_credential_than_the_token_s_own_or_a_service_s_ends_nothing()
    {
        var token = (await console.MakeTokenAsync("Not by another")).Secret.Reveal();
        var other = (await console.MakeTokenAsync("Another")).Secret.Reveal();
        var gone = ApiTokenSecret.GenerateForService().Reveal();

        foreach (var (shown, challenge, error) in new[]
        {
            ("Bearer " + other, "Bearer error=\"invalid_token\"", "invalid_token"), ("Bearer " + gone, "Bearer error=\"invalid_token\"", "invalid_token"),
            (Basic("ledger", gone), "Basic realm=\"FinConsole\", charset=\"UTF-8\"", "invalid_client"),
        })
        {
            var (answer, body) = await AskAsync([("token", token)], ("Authorization", shown));
            Assert.Equal((HttpStatusCode.Unauthorized, challenge), (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString()));
            Assert.Equal(("invalid_token", error), (body.GetProperty("code").GetString(), body.GetProperty("error").GetString()));
        }

        using var after = await console.Api.SendAsync(ApiConsole.Get("/api/v1/whoami", ("X-Auth-Token", token)), Stop);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_service_token_is_no_kind_that_can_be_revoked_here_and_the_refusal_is_one_that_libraries_read()
    {
        var service = (await console.MakeServiceTokenAsync("stays")).Reveal();

        var (answer, body) = await AskAsync([("token", service)], ("Authorization", "Bearer " + service), ("Accept", "application/json"));

        Assert.Equal((HttpStatusCode.BadRequest, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(("unsupported_token_type", "unsupported_token_type"), (body.GetProperty("error").GetString(), body.GetProperty("code").GetString()));
        Assert.False(string.IsNullOrEmpty(body.GetProperty("error_description").GetString()));
        using var still = await console.Api.SendAsync(
            ApiConsole.Request(HttpMethod.Post, "/api/v1/introspect", new FormUrlEncodedContent([new("token", "x")]), ("Authorization", "Bearer " + service)), Stop);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_malformed_request_is_told_and_ends_nothing()
    {
        var token = (await console.MakeTokenAsync("Clumsy")).Secret.Reveal();
        var service = (await console.MakeServiceTokenAsync("clumsy")).Reveal();
        ((string, string)[] Fields, (string, string)[] Headers)[] wrong =
        [
            ([], []), ([("token", "")], []), ([("token", token), ("token", token)], []), ([("token", token), ("client_secret", service)], [("Authorization", "Bearer " + service)]),
            ([("token", token), ("client_secret", service), ("client_secret", service)], []), ([("token", token)], [("X-Auth-Token", token), ("X-API-Key", service)]),
        ];
        foreach (var (fields, headers) in wrong)
        {
            var (answer, body) = await AskAsync(fields, headers);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.StatusCode, body.GetProperty("error").GetString()));
        }

        var (json, _) = await console.SendAsync(HttpMethod.Post, Revoke, new { token });
        var (nothing, _) = await console.SendAsync(HttpMethod.Post, Revoke, null);
        using var after = await console.Api.SendAsync(ApiConsole.Get("/api/v1/whoami", ("X-Auth-Token", token)), Stop);
        Assert.Equal(
            [HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.OK],
            [json.StatusCode, nothing.StatusCode, after.StatusCode]);
    }

    // As libraries do it: both parts encoded as a form's values (RFC 6749 2.3.1), underscores included.
    private static string Basic(string id, string secret) =>
        "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:{secret.Replace("_", "%5F", StringComparison.Ordinal)}"));

    private Task<(HttpResponseMessage Answer, JsonElement Body)> AskAsync((string Name, string Value)[] fields, params (string Name, string Value)[] headers) =>
        console.SendAsync(HttpMethod.Post, Revoke, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), headers);
}
