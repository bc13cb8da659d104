using System.Net;
using System.Net.WebSockets;
using System.Text;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>What every documented gateway does, each row against the real program with the configuration as it is documented.</summary>
public abstract partial class GatewayMatrix<TProgram>(GatewayFixture<TProgram> gateway)
    where TProgram : GatewayProgram, new()
{
    private const int ThreeMegabytes = 3 * 1024 * 1024;
    private static int _tokens;

    /// <summary>What a client gets while nobody can say whether its token is good.</summary>
    protected virtual HttpStatusCode Unavailable => HttpStatusCode.ServiceUnavailable;

    /// <summary>What a browser's preflight gets, which never has a token.</summary>
    protected virtual HttpStatusCode Preflight => HttpStatusCode.Unauthorized;

    /// <summary>What a client may get for a target that has more than one meaning; 400 where the gateway finds it malformed.</summary>
    protected virtual IReadOnlyList<int> OddTarget => [403, 400];

    /// <summary>The headers in which a client may show its token.</summary>
    protected virtual IReadOnlyList<string> CredentialHeaders => ["X-Auth-Token", "X-API-Key", "Authorization"];

    /// <summary>The header in which the other rows show a token.</summary>
    protected virtual (string Name, string Value) Credential(string token) => ("X-Auth-Token", token);

    [Fact]
    public async Task Lets_a_good_token_through_and_tells_the_API_who_calls_but_not_the_token()
    {
        var token = await MakeTokenAsync("read:*", "write:payments");

        using var answer = await SendAsync(HttpMethod.Post, "/v1/payments/7?x=1", token.Secret.Reveal(), "{\"amount\":5}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var got = gateway.Api.Requests.Last();
        Assert.Equal(("POST", "/v1/payments/7?x=1", "{\"amount\":5}".Length), (got.Method, got.Target, got.Body));
        AssertIdentity(token, got);
        Assert.DoesNotContain(got.Headers, line => line.Contains(token.Secret.Reveal(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Takes_a_token_in_each_header_that_the_guide_names_and_passes_none_of_them_on()
    {
        var token = (await MakeTokenAsync("read:*")).Secret.Reveal();

        foreach (var (header, before) in new[] { ("X-Auth-Token", ""), ("X-API-Key", ""), ("Authorization", "Bearer ") })
        {
            if (!CredentialHeaders.Contains(header))
            {
                (await RefusesAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, "/v1/payments", null, (header, before + token))).Dispose();
                continue;
            }

            using var answer = await SendAsync(HttpMethod.Get, "/v1/payments", null, headers: (header, before + token));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain(gateway.Api.Requests.Last().Headers, line => line.Contains(token, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Refuses_a_token_as_soon_as_it_is_invalidated()
    {
        var token = await MakeTokenAsync("read:*");
        using (var before = await SendAsync(HttpMethod.Get, "/v1/payments", token.Secret.Reveal()))
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        var request = new InvalidateApiTokenRequest(token.Token.Id, InvalidationReason.Compromised, null);
        var invalidate = gateway.Console.Services.GetRequiredService<InvalidateApiToken>();
        Assert.Null((await invalidate.HandleAsync(request, gateway.Console.Tenant.Developer.Actor, Stop)).Error);

        (await RefusesAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, "/v1/payments", token.Secret.Reveal())).Dispose();
    }

    [Fact]
    public async Task Removes_identity_headers_and_those_of_other_proxies_that_a_client_sends_however_they_are_spelled()
    {
        var token = await MakeTokenAsync("read:*");
        string[][] names =
        [
            ["X", "Tenant", "Id"], ["X", "Token", "Id"], ["X", "Cashier", "Id"], ["X", "Token", "Scopes"], ["X", "Environment"], ["Forwarded"],
            .. "For Host Method Port Prefix Proto Server Uri".Split(' ').Select(last => new[] { "X", "Forwarded", last }),
            .. "Method URI URL".Split(' ').Select(last => new[] { "X", "Original", last }),
        ];
        (string, string)[] spoofed =
        [
            .. names.SelectMany(parts => Spellings(parts)).SelectMany(name => new[] { name, name.ToLowerInvariant() }).Distinct()
                .Select(name => (name, "spoofed")),
        ];

        // HAProxy and Apache take a hundred headers in one request.
        foreach (var some in spoofed.Chunk(60))
        {
            using var answer = await SendAsync(HttpMethod.Get, "/v1/payments", token.Secret.Reveal(), headers: some);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var got = gateway.Api.Requests.Last();
            AssertIdentity(token, got);
            Assert.DoesNotContain(got.Headers, line => line.Contains("spoofed", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Tells_the_API_who_calls_also_when_the_client_lists_those_headers_as_its_connections_own()
    {
        var token = await MakeTokenAsync("read:*");
        var (name, value) = Credential(token.Secret.Reveal());

        foreach (var upgrade in new[] { "", "Upgrade, " })
        {
            var (status, text) = await RawHttp.SendAsync(
                gateway.Program.Address, "GET /v1/payments",
                [
                    $"{name}: {value}", $"Connection: {upgrade}X-Tenant-Id, X-Token-Id, X-Cashier-Id", "Connection: X-Token-Scopes",
                    $"Connection: X-Environment, {name}, X-Forwarded-For, X-Original-URI, X-Forwarded-Uri",
                ]);

            Assert.True(status == 200, text);
            AssertIdentity(token, gateway.Api.Requests.Last());
        }
    }

    [Fact]
    public async Task Answers_401_with_a_challenge_to_a_missing_token_and_to_bad_ones()
    {
        var good = (await MakeTokenAsync("read:*")).Secret.Reveal();
        var other = good[..^1] + (good[^1] == 'a' ? 'b' : 'a');

        foreach (var token in new[] { null, other, "junk" })
        {
            using var answer = await RefusesAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, "/v1/payments", token);
            Assert.Contains(answer.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Bearer");
        }
    }

    [Fact]
    public async Task Answers_403_to_a_token_without_the_scope_whatever_the_method()
    {
        var reads = (await MakeTokenAsync("read:payments")).Secret.Reveal();
        var writes = (await MakeTokenAsync("write:payments")).Secret.Reveal();

        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE", "OPTIONS" })
            (await RefusesAsync(HttpStatusCode.Forbidden, new HttpMethod(method), "/v1/payments/7", reads)).Dispose();
        foreach (var path in new[] { "/v1/accounts", "/accounts", "/v1", "/elsewhere" })
            (await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, path, reads)).Dispose();
        (await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/payments", writes)).Dispose();
        (await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Head, "/v1/payments", writes)).Dispose();
    }

    [Fact]
    public async Task Passes_every_method_on_that_the_scope_allows()
    {
        var token = (await MakeTokenAsync("read:payments", "write:payments")).Secret.Reveal();

        foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" })
        {
            using var answer = await SendAsync(new HttpMethod(method), "/v1/payments/7", token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(method, gateway.Api.Requests.Last().Method);
        }

        using var head = await SendAsync(HttpMethod.Head, "/v1/payments/7", token);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task Believes_nothing_that_a_client_says_of_its_path_and_method()
    {
        var reads = (await MakeTokenAsync("read:payments")).Secret.Reveal();
        foreach (var header in new[] { "X-Original-URI", "X-Original-URL", "X-Forwarded-Uri", "X-Rewrite-URL" })
            (await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/v1/accounts", reads, (header, "/v1/payments"))).Dispose();
        foreach (var header in new[] { "X-Original-Method", "X-Forwarded-Method", "X-HTTP-Method-Override" })
            (await RefusesAsync(HttpStatusCode.Forbidden, HttpMethod.Post, "/v1/payments", reads, (header, "GET"))).Dispose();

        using var honest = await SendAsync(
            HttpMethod.Get, "/v1/payments", reads, null,
            ("X-Original-URI", "/v1/accounts"), ("X-Forwarded-Uri", "/v1/accounts"), ("X-Original-Method", "POST"));

        Assert.Equal(HttpStatusCode.OK, honest.StatusCode);
        Assert.DoesNotContain(gateway.Api.Requests.Last().Headers, line => line.Contains("/v1/accounts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_a_preflight_like_any_request_without_a_token()
    {
        foreach (var token in new[] { null, "junk" })
        {
            (await RefusesAsync(
                Preflight, HttpMethod.Options, "/v1/payments", token,
                ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "x-auth-token"))).Dispose();
        }
    }

    [Fact]
    public async Task Passes_a_WebSocket_on_when_the_token_is_good_and_refuses_it_otherwise()
    {
        var token = (await MakeTokenAsync("read:market-data")).Secret.Reveal();
        using var socket = await ConnectAsync("/v1/market-data/socket", token);
        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, true, Stop);
        var buffer = new byte[16];
        var got = await socket.ReceiveAsync(buffer, Stop);
        Assert.Equal("ping", Encoding.UTF8.GetString(buffer, 0, got.Count));

        var reached = gateway.Api.Reached;
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("/v1/market-data/socket", null));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("/v1/payments/socket", token));
        Assert.Equal(reached, gateway.Api.Reached);
    }

    private async Task<ClientWebSocket> ConnectAsync(string path, string? token)
    {
        var socket = new ClientWebSocket();
        if (token is not null)
            socket.Options.SetRequestHeader(Credential(token).Name, Credential(token).Value);
        try
        {
            await socket.ConnectAsync(new UriBuilder(gateway.Program.Address) { Scheme = "ws", Path = path }.Uri, Stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void AssertIdentity(NewApiToken token, ApiRequest got)
    {
        var (tenant, scopes) = (gateway.Console.Tenant, string.Join(' ', token.Token.Scopes));
        Assert.Equal(
            (tenant.Id.ToString(), token.Token.Id.ToString(), tenant.Cashier.Id.ToString()),
            (got.Header("X-Tenant-Id"), got.Header("X-Token-Id"), got.Header("X-Cashier-Id")));
        Assert.Equal((scopes, "production"), (got.Header("X-Token-Scopes"), got.Header("X-Environment")));
    }

    private static IEnumerable<string> Spellings(string[] parts) =>
        parts.Skip(1).Aggregate<string, IEnumerable<string>>(
            [parts[0]], (names, part) => names.SelectMany(name => "-_.".Select(joint => $"{name}{joint}{part}")));

    protected static string NextName() => $"Through a gateway {Interlocked.Increment(ref _tokens)}";

    protected Task<NewApiToken> MakeTokenAsync(params string[] scopes) => gateway.Console.MakeTokenAsync(NextName(), scopes);

    protected async Task<HttpResponseMessage> RefusesAsync(
        HttpStatusCode status, HttpMethod method, string path, string? token, params (string Name, string Value)[] headers)
    {
        var reached = gateway.Api.Reached;
        var answer = await SendAsync(method, path, token, null, headers);
        Assert.True(status == answer.StatusCode, $"{method} {path}: {answer.StatusCode}");
        Assert.Equal(reached, gateway.Api.Reached);
        Assert.DoesNotContain(answer.Headers, header => header.Key is "X-Tenant-Id" or "X-Deny-Reason");
        return answer;
    }

    protected Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token, string? body = null, params (string Name, string Value)[] headers) =>
        gateway.Client.SendAsync(Request(method, path, token, body, headers), Stop);

    private HttpRequestMessage Request(
        HttpMethod method, string path, string? token, string? body, params (string Name, string Value)[] headers)
    {
        var all = token is null ? headers : [.. headers, Credential(token)];
        return ApiConsole.Request(method, path, body is null ? null : new StringContent(body), all);
    }
}
