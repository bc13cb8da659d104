using System.Net;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>The rows of gateways that introspect: they cannot tell FinConsole where the client is, and evaluate scopes.</summary>
public abstract class IntrospectionMatrix<TProgram>(GatewayFixture<TProgram> gateway) : GatewayMatrix<TProgram>(gateway)
    where TProgram : GatewayProgram, new()
{
    private GatewayFixture<TProgram> Gateway { get; } = gateway;

    // Neither module tells a token that is not active from a question that nobody answered.
    protected override HttpStatusCode Unavailable => HttpStatusCode.Unauthorized;

    protected override IReadOnlyList<int> OddTarget => [403, 400, 404];

    protected override (string Name, string Value) Credential(string token) => ("Authorization", "Bearer " + token);

    [Fact]
    public async Task Refuses_a_token_with_an_allowlist_from_everywhere()
    {
        var token = await Gateway.Console.MakeTokenAsync(Gateway.Console.Tenant, NextName(), "127.0.0.0/8", "read:*");

        (await RefusesAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, "/v1/payments", token.Secret.Reveal())).Dispose();
    }

    [Fact]
    public async Task Knows_no_limit_for_a_token()
    {
        var token = (await MakeTokenAsync("read:*")).Secret.Reveal();

        for (var number = 0; number < GatewayFixture<TProgram>.PerToken + 2; number++)
        {
            using var answer = await SendAsync(HttpMethod.Get, "/v1/payments", token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Refuses_two_tokens_in_one_request()
    {
        var token = (await MakeTokenAsync("read:*")).Secret.Reveal();

        (await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/payments", token, ("X-Auth-Token", "another"))).Dispose();
        (await RefusesAsync(
            HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/payments", null, ("X-Auth-Token", token), ("X-API-Key", "another"))).Dispose();
    }
}
