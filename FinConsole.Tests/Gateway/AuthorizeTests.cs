using System.Net;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>Forward-auth as gateways ask it.</summary>
public sealed class AuthorizeTests(AuthorizeTests.Console console) : IClassFixture<AuthorizeTests.Console>
{
    public sealed class Console : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
            [("RateLimits:PerTokenPerMinute", "40"), ("Gateway:Trusted:0", "127.0.0.1")];
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_good_token_is_let_through_with_who_it_is(string method)
    {
        var token = await console.MakeTokenAsync("Through " + method, "read:*");

        using var answer = await AskAsync(token.Secret.Reveal(), "GET", "/v1/payments/7", method: method);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(console.Tenant.Id.ToString(), Header(answer, "X-Tenant-Id"));
        Assert.Equal(token.Token.Id.ToString(), Header(answer, "X-Token-Id"));
        Assert.Equal(console.Tenant.Cashier.Id.ToString(), Header(answer, "X-Cashier-Id"));
        Assert.Equal("read:*", Header(answer, "X-Token-Scopes"));
        Assert.Equal("production", Header(answer, "X-Environment"));
    }

    [Fact]
    public async Task Whatever_is_wrong_the_answer_is_401_or_403_and_empty()
    {
        var token = await console.MakeTokenAsync(console.Tenant, "Refusals", "198.51.100.0/24", "read:payments");
        var text = token.Secret.Reveal();
        const string Invalid = "Bearer error=\"invalid_token\"";
        (HttpStatusCode Status, string? Reason, string Challenge, HttpResponseMessage Answer)[] cases =
        [
            (HttpStatusCode.Unauthorized, null, "Bearer", await AskAsync(null, "GET", "/payments")),
            (HttpStatusCode.Unauthorized, null, Invalid, await AskAsync("junk", "GET", "/payments")),
            (HttpStatusCode.Unauthorized, null, Invalid, await AskAsync((await console.MakeServiceTokenAsync("no client")).Reveal(), "GET", "/payments")),
            (HttpStatusCode.Unauthorized, null, Invalid, await AskAsync(text, "GET", "/payments", "198.51.100.7", also: ("X-API-Key", "another"))),
            (HttpStatusCode.Forbidden, "ip_not_allowed", "", await AskAsync(text, "GET", "/payments", "203.0.113.7")),
            (HttpStatusCode.Forbidden, "insufficient_scope", "Bearer error=\"insufficient_scope\", scope=\"write:payments\"", await AskAsync(text, "POST", "/payments", "198.51.100.7")),
            (HttpStatusCode.Forbidden, "insufficient_scope", "Bearer error=\"insufficient_scope\", scope=\"read:accounts\"", await AskAsync(text, "GET", "/accounts", "198.51.100.7")),
            (HttpStatusCode.Forbidden, "unknown_resource", "", await AskAsync(text, "GET", "/payments/../accounts", "198.51.100.7")),
            (HttpStatusCode.Forbidden, "unknown_resource", "", await AskAsync(text, "GET", "/elsewhere", "198.51.100.7")),
        ];

        foreach (var (status, reason, challenge, answer) in cases)
        {
            Assert.Equal((status, reason, ""), (answer.StatusCode, Header(answer, "X-Deny-Reason"), await answer.Content.ReadAsStringAsync(Stop)));
            Assert.DoesNotContain(answer.Headers, header => header.Key is "X-Tenant-Id" or "X-Token-Id");
            Assert.Equal(challenge, answer.Headers.WwwAuthenticate.ToString());
            answer.Dispose();
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("QUERY")]
    [InlineData("M-SEARCH")]
    [InlineData("get")]
    public async Task A_gateway_may_ask_by_any_method_and_the_forwarded_one_counts(string method)
    {
        var token = (await console.MakeTokenAsync("By " + method, "read:payments")).Secret.Reveal();

        using var read = await AskAsync(token, "GET", "/v1/payments", method: method);
        using var written = await AskAsync(token, method, "/v1/payments", method: method);
        using var missing = await AskAsync(null, "GET", "/v1/payments", method: method);
        using var preflight = await AskAsync(token, "GET", "/v1/payments", method: method, also: [("Origin", "https://shop.example"), ("Access-Control-Request-Method", "PUT")]);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.OK),
            (read.StatusCode, written.StatusCode, missing.StatusCode, preflight.StatusCode));
        Assert.Equal("", await read.Content.ReadAsStringAsync(Stop) + await written.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("text/csv, application/xml;q=0.9")]
    [InlineData("text/event-stream")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("*/*;q=0")]
    [InlineData("junk")]
    public async Task What_the_client_accepts_changes_nothing(string accept)
    {
        var token = (await console.MakeTokenAsync("Accepts " + accept, "read:payments")).Secret.Reveal();

        using var good = await AskAsync(token, "GET", "/v1/payments", also: ("Accept", accept));
        using var scope = await AskAsync(token, "POST", "/v1/payments", also: ("Accept", accept));
        using var missing = await AskAsync(null, "GET", "/v1/payments", also: ("Accept", accept));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (good.StatusCode, scope.StatusCode, missing.StatusCode));
    }

    [Fact]
    public async Task Over_the_limit_it_is_403_with_the_reason_and_when_to_come_back()
    {
        var token = await console.MakeTokenAsync("Busy", "read:*");
        var statuses = new List<HttpStatusCode>();
        HttpResponseMessage answer;
        do
        {
            answer = await AskAsync(token.Secret.Reveal(), "GET", "/payments");
            statuses.Add(answer.StatusCode);
        }
        while (answer.StatusCode == HttpStatusCode.OK && statuses.Count < 200);

        // A window may end in between; then it took at most two of them.
        Assert.InRange(statuses.Count, 41, 81);
        Assert.Equal((HttpStatusCode.Forbidden, "rate_limited"), (answer.StatusCode, Header(answer, "X-Deny-Reason")));
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task Nobody_but_a_gateway_may_ask()
    {
        await using var closed = new Elsewhere();
        await closed.InitializeAsync();
        var token = await closed.MakeTokenAsync("Not a gateway", "read:*");

        using var answer = await closed.Api.SendAsync(
            ApiConsole.Get("/api/v1/authorize", ("X-Auth-Token", token.Secret.Reveal()), ("X-Original-URI", "/payments"), ("X-Original-Method", "GET"), ("X-Forwarded-For", "192.0.2.1")), Stop);

        Assert.Equal((HttpStatusCode.Forbidden, "not_a_gateway"), (answer.StatusCode, Header(answer, "X-Deny-Reason")));
    }

    private sealed class Elsewhere : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings => [("Gateway:Trusted:0", "192.0.2.1")];
    }

    private Task<HttpResponseMessage> AskAsync(
        string? token, string asked, string uri, string client = "203.0.113.7", string method = "GET", params (string Name, string Value)[] also)
    {
        List<(string, string)> headers = [("X-Original-Method", asked), ("X-Original-URI", uri), ("X-Forwarded-For", client)];
        if (token is not null)
            headers.Add(("X-Auth-Token", token));
        headers.AddRange(also);
        return console.Api.SendAsync(ApiConsole.Request(new HttpMethod(method), "/api/v1/authorize", null, [.. headers]), Stop);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
