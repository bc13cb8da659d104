using System.Net;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>docs/gateway/nginx.conf as it stands.</summary>
public sealed class NginxTests(NginxGateway gateway) : IClassFixture<NginxGateway>
{
    [Fact]
    public async Task Lets_a_good_token_through_and_tells_the_API_who_calls_but_not_the_token()
    {
        var token = await gateway.Console.MakeTokenAsync("Through nginx", "read:*", "write:payments");

        using var answer = await SendAsync(HttpMethod.Post, "/v1/payments/7?x=1", token.Secret.Reveal(), body: "{\"amount\":5}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var told = await answer.Content.ReadAsStringAsync(Stop);
        Assert.StartsWith("POST /v1/payments/7\n", told, StringComparison.Ordinal);
        Assert.EndsWith("{\"amount\":5}", told, StringComparison.Ordinal);
        Assert.Contains($"X-Tenant-Id: {gateway.Console.Tenant.Id}", told, StringComparison.Ordinal);
        Assert.Contains($"X-Token-Id: {token.Token.Id}", told, StringComparison.Ordinal);
        Assert.Contains($"X-Cashier-Id: {gateway.Console.Tenant.Cashier.Id}", told, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Secret.Reveal(), told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turns_away_a_bad_token_a_missing_one_a_wrong_scope_and_a_wrong_address()
    {
        var read = (await gateway.Console.MakeTokenAsync("Reads", "read:payments")).Secret.Reveal();
        var elsewhere = (await gateway.Console.MakeTokenAsync(gateway.Console.Tenant, "Elsewhere", "198.51.100.0/24", "read:*")).Secret.Reveal();
        var reached = gateway.Reached;

        await RefusesAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, "/v1/payments", read[..^1] + (read[^1] == 'a' ? 'b' : 'a'));
        await RefusesAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, "/v1/payments", null);
        await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/accounts", read);
        await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Delete, "/v1/payments/7", read);
        await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/v1//payments", read);
        await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/payments", elsewhere);
        // What a client says of its own address, path or method counts for nothing.
        await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/payments", elsewhere, ("X-Forwarded-For", "198.51.100.7"), ("Forwarded", "for=198.51.100.7"));
        await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/accounts", read, ("X-Original-URI", "/v1/payments"), ("X-Forwarded-Uri", "/v1/payments"));
        await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Post, "/v1/payments", read, ("X-Original-Method", "GET"), ("X-Forwarded-Method", "GET"));
        Assert.Equal(reached, gateway.Reached);
    }

    [Fact]
    public async Task Answers_429_with_a_time_to_wait_over_the_limit()
    {
        var token = (await gateway.Console.MakeTokenAsync("Busy", "read:*")).Secret.Reveal();

        var limited = 0;
        // A minute may begin in between; two full windows are enough for certain.
        for (var number = 0; number < (2 * NginxGateway.PerToken) + 1; number++)
        {
            using var answer = await SendAsync(HttpMethod.Get, "/v1/payments", token);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                continue;
            limited++;
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }

        Assert.InRange(limited, 1, NginxGateway.PerToken + 1);
    }

    [Fact]
    public async Task Ignores_identity_headers_that_a_client_sends()
    {
        var token = await gateway.Console.MakeTokenAsync("Honest", "read:*");

        using var answer = await SendAsync(
            HttpMethod.Get, "/v1/payments", token.Secret.Reveal(), null,
            ("X-Tenant-Id", "evil"), ("X-Token-Id", "evil"), ("X-Cashier-Id", "evil"), ("X-Token-Scopes", "write:*"), ("X-Environment", "evil"), ("X_Tenant_Id", "evil"));

        var told = await answer.Content.ReadAsStringAsync(Stop);
        Assert.DoesNotContain("evil", told, StringComparison.Ordinal);
        Assert.DoesNotContain("write:*", told, StringComparison.Ordinal);
        Assert.Contains($"X-Tenant-Id: {gateway.Console.Tenant.Id}", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_closed_when_FinConsole_is_stopped()
    {
        await using var own = new NginxGateway();
        await own.InitializeAsync();
        var token = (await own.Console.MakeTokenAsync("Stopped", "read:*")).Secret.Reveal();
        using (var before = await own.Client.SendAsync(Request(HttpMethod.Get, "/v1/payments", token, null), Stop))
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        await own.Console.Services.GetRequiredService<IServer>().StopAsync(Stop);

        using var answer = await own.Client.SendAsync(Request(HttpMethod.Get, "/v1/payments", token, null), Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, own.Reached);
    }

    private async Task RefusesAsync(HttpStatusCode status, HttpMethod method, string path, string? token, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(method, path, token, null, headers);
        Assert.True(status == answer.StatusCode, $"{method} {path}: {answer.StatusCode}");
        Assert.DoesNotContain(answer.Headers, header => header.Key is "X-Tenant-Id" or "X-Deny-Reason");
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, string? body = null, params (string Name, string Value)[] headers) =>
        gateway.Client.SendAsync(Request(method, path, token, body, headers), Stop);

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token, string? body, params (string Name, string Value)[] headers)
    {
        var all = token is null ? headers : [.. headers, ("X-Auth-Token", token)];
        return ApiConsole.Request(method, path, body is null ? null : new StringContent(body), all);
    }
}
