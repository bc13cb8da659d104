using System.Net;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>The rows of gateways that ask <c>authorize</c>, which sees the client's address and counts its requests.</summary>
public abstract class ForwardAuthMatrix<TProgram>(GatewayFixture<TProgram> gateway) : GatewayMatrix<TProgram>(gateway)
    where TProgram : GatewayProgram, new()
{
    private GatewayFixture<TProgram> Gateway { get; } = gateway;

    [Fact]
    public async Task Refuses_an_address_outside_the_allowlist_whatever_a_client_says_of_its_own()
    {
        var token = await Gateway.Console.MakeTokenAsync(Gateway.Console.Tenant, NextName(), "198.51.100.0/24", "read:*");

        (await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/payments", token.Secret.Reveal())).Dispose();
        (await RefusesAsync(
            HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/payments", token.Secret.Reveal(),
            ("X-Forwarded-For", "198.51.100.7"), ("Forwarded", "for=198.51.100.7"), ("X-Real-IP", "198.51.100.7"))).Dispose();
    }

    [Fact]
    public async Task Answers_429_with_a_time_to_wait_over_the_limit()
    {
        var token = (await MakeTokenAsync("read:*")).Secret.Reveal();

        var limited = 0;
        // A minute may begin in between; two full windows are enough for certain.
        for (var number = 0; number < (2 * GatewayFixture<TProgram>.PerToken) + 1; number++)
        {
            using var answer = await SendAsync(HttpMethod.Get, "/v1/payments", token);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                continue;
            limited++;
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }

        Assert.InRange(limited, 1, GatewayFixture<TProgram>.PerToken + 1);
    }
}
