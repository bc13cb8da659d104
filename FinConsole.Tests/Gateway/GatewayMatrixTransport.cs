using System.Net;
using FinConsole.Core.ApiTokens;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>The rows on request targets, bodies, HTTP/2, and on what fails.</summary>
public abstract partial class GatewayMatrix<TProgram>
{
    [Theory]
    [InlineData("/v1/payments%2F7")]
    [InlineData("/v1/payments%2f..%2faccounts")]
    [InlineData("/v1/payments/../accounts")]
    [InlineData("/v1/payments/%2e%2e/accounts")]
    [InlineData("/v1/accounts/./../payments")]
    [InlineData("/v1//payments")]
    [InlineData("//v1/payments")]
    [InlineData("/v1/payments;v=2")]
    [InlineData("/v1/payments/..;/accounts")]
    [InlineData("/v1/payments/7%3Bx")]
    [InlineData("/v1/payments\\..\\accounts")]
    [InlineData("/v1/payments%5c7")]
    [InlineData("/v1/payments/%00")]
    [InlineData("/v1/payments#/../accounts")]
    [InlineData("/v1/accounts?/../payments")]
    [InlineData("http://localhost?/v1/payments")]
    public async Task Refuses_a_target_with_more_than_one_meaning(string target)
    {
        var token = (await MakeTokenAsync("read:payments")).Secret.Reveal();
        var reached = gateway.Api.Reached;

        var (status, text) = await RawHttp.SendAsync(gateway.Program.Address, "GET " + target, [Line(token)]);

        Assert.True(OddTarget.Contains(status), text);
        Assert.Equal(reached, gateway.Api.Reached);
    }

    [Fact]
    public async Task Passes_a_long_query_on_whole_and_refuses_a_path_that_is_too_long()
    {
        var token = (await MakeTokenAsync("read:*")).Secret.Reveal();
        var target = "/v1/payments?filter=" + new string('a', 9000);

        var (status, text) = await RawHttp.SendAsync(gateway.Program.Address, "GET " + target, [Line(token)]);

        Assert.True(status == 200, text);
        Assert.Equal(target, gateway.Api.Requests.Last().Target);
        var reached = gateway.Api.Reached;
        var (refused, why) = await RawHttp.SendAsync(gateway.Program.Address, "GET /v1/payments/" + new string('a', 9000), [Line(token)]);
        Assert.True(refused is 403 or 414, why);
        Assert.Equal(reached, gateway.Api.Reached);
    }

    [Fact]
    public async Task Withholds_a_body_of_3_MB_from_the_API_until_the_request_is_allowed()
    {
        var token = (await MakeTokenAsync("write:payments")).Secret.Reveal();
        var reached = gateway.Api.Reached;

        foreach (var headers in new[] { Array.Empty<string>(), [Line("junk")], [Line("junk"), "Expect: 100-continue"] })
        {
            var (refused, text) = await RawHttp.SendAsync(gateway.Program.Address, "POST /v1/payments", headers, ThreeMegabytes);
            Assert.True(refused == 401, text);
        }

        Assert.Equal(reached, gateway.Api.Reached);
        var (accepted, answer) = await RawHttp.SendAsync(gateway.Program.Address, "POST /v1/payments", [Line(token)], ThreeMegabytes);
        Assert.True(accepted == 200, answer);
        Assert.Equal(ThreeMegabytes, gateway.Api.Requests.Last().Body);
    }

    [Fact]
    public async Task Lets_no_header_through_that_is_an_identity_header_when_only_letters_and_digits_count()
    {
        string[][] names = [["X", "Tenant", "Id"], ["X", "Token", "Id"], ["X", "Cashier", "Id"], ["X", "Token", "Scopes"], ["X", "Environment"]];
        foreach (var some in names.SelectMany(Foldings).Chunk(10))
        {
            // A token of its own for each few: its limit is low here.
            var token = await MakeTokenAsync("read:*");
            foreach (var name in some)
                await AssertRemovedOrRefusedAsync(token, name);
        }
    }

    [Fact]
    public async Task Speaks_HTTP_2_and_decides_alike_there()
    {
        var token = await MakeTokenAsync("read:payments");

        using var through = await SendSecurelyAsync(
            "/v1/payments/7?x=1", token.Secret.Reveal(), ("x_tenant_id", "spoofed"), ("x-tenant-id", "spoofed"));
        var got = gateway.Api.Requests.Last();
        using var scope = await SendSecurelyAsync("/v1/accounts", token.Secret.Reveal());
        using var missing = await SendSecurelyAsync("/v1/payments", null);

        Assert.All([through, scope, missing], answer => Assert.Equal(HttpVersion.Version20, answer.Version));
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized),
            (through.StatusCode, scope.StatusCode, missing.StatusCode));
        Assert.Equal("/v1/payments/7?x=1", got.Target);
        AssertIdentity(token, got);
        Assert.DoesNotContain(got.Headers, line => line.Contains("spoofed", StringComparison.Ordinal));
        Assert.Same(got, gateway.Api.Requests.Last());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Passes_the_APIs_own_answer_on_as_it_is(int status)
    {
        var token = (await MakeTokenAsync("write:payments")).Secret.Reveal();

        using var answer = await SendAsync(HttpMethod.Post, $"/v1/payments/status-{status}", token, "{}");

        Assert.Equal((status, GatewayApi.OwnWords), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)));
        Assert.Null(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Never_says_that_nothing_was_done_once_the_API_has_the_request()
    {
        var token = (await MakeTokenAsync("write:payments")).Secret.Reveal();
        var reached = gateway.Api.Reached;

        var (status, text) = await RawHttp.SendAsync(gateway.Program.Address, "POST /v1/payments/break-off", [Line(token)], 2);

        Assert.True(status == 502, text);
        Assert.Equal(reached + 1, gateway.Api.Reached);
        Assert.DoesNotContain("Retry-After", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Nothing was done", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_for_FinConsole_two_seconds_at_most() =>
        Assert.InRange(gateway.Program.StatedLimit, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));

    [Fact]
    public async Task Is_closed_while_FinConsole_refuses_connections()
    {
        using var nobody = new RefusingPort();
        await IsClosedAsync(nobody.Authority);
    }

    [Fact]
    public async Task Is_closed_while_FinConsole_hangs()
    {
        using var hung = new HangingServer();
        await IsClosedAsync(hung.Authority);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Is_closed_while_FinConsole_answers_what_it_never_answers(int status)
    {
        await using var odd = await StandInConsole.StartAsync(status);
        await IsClosedAsync(odd.Authority);
    }

    [Fact]
    public async Task Is_closed_when_FinConsole_goes_down()
    {
        await using var console = await StandInConsole.StartAsync(200);
        await using var other = await gateway.StartAnotherAsync(console.Authority, patient: true);
        using var client = GatewayFixture<TProgram>.ClientOf(other);
        using (var before = await client.SendAsync(Request(HttpMethod.Get, "/v1/payments", "any", null), Stop))
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        await console.GoDownAsync();

        await AssertClosedAsync(client);
    }

    [Fact]
    public async Task Tells_FinConsole_the_path_and_neither_the_query_nor_the_body()
    {
        await using var console = await StandInConsole.StartAsync(200);
        await using var other = await gateway.StartAnotherAsync(console.Authority, patient: true);
        using var client = GatewayFixture<TProgram>.ClientOf(other);

        using var answer = await client.SendAsync(
            Request(HttpMethod.Post, "/v1/payments/7?card=4111&card2=4222", "any", "{\"pin\":1234}"), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(console.Asked);
        Assert.All(console.Asked, asked => Assert.DoesNotContain("card", asked, StringComparison.Ordinal));
        Assert.Equal(0, console.Bodies);
    }

    private async Task AssertRemovedOrRefusedAsync(NewApiToken token, string name)
    {
        var reached = gateway.Api.Reached;
        using var answer = await SendAsync(HttpMethod.Get, "/v1/payments", token.Secret.Reveal(), headers: (name, "spoofed"));
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden)
        {
            Assert.Equal((name, reached), (name, gateway.Api.Reached));
            return;
        }

        Assert.Equal((name, HttpStatusCode.OK), (name, answer.StatusCode));
        var got = gateway.Api.Requests.Last();
        AssertIdentity(token, got);
        Assert.True(!got.Headers.Any(line => line.Contains("spoofed", StringComparison.Ordinal)), name);
    }

    // All that a name may hold beside letters and digits (RFC 9110, 5.6.2), between the words, around them, twice, and nothing at all.
    private static IEnumerable<string> Foldings(string[] parts) =>
    [
        .. "!#$%&'*+-.^_`|~".Select(joint => string.Join(joint, parts)), string.Join("--", parts), string.Join("-_", parts), string.Join("~-~", parts), string.Concat(parts),
        .. new[] { "-{0}", "{0}-", "_{0}", "{0}.", "~{0}", "{0}~", "--{0}--" }.Select(around => around.Replace("{0}", string.Join('-', parts), StringComparison.Ordinal)),
        $"{parts[0]}{string.Join('-', parts.Skip(1))}", string.Join("--", parts).ToUpperInvariant(),
    ];

    private async Task IsClosedAsync(string finConsole)
    {
        await using var other = await gateway.StartAnotherAsync(finConsole);
        using var client = GatewayFixture<TProgram>.ClientOf(other);
        await AssertClosedAsync(client);
    }

    private async Task AssertClosedAsync(HttpClient client)
    {
        var reached = gateway.Api.Reached;
        var token = (await MakeTokenAsync("write:*")).Secret.Reveal();

        using var answer = await client.SendAsync(Request(HttpMethod.Post, "/v1/payments", token, "{}"), Stop);

        Assert.Equal(Unavailable, answer.StatusCode);
        Assert.Equal(reached, gateway.Api.Reached);
    }

    private string Line(string token) => $"{Credential(token).Name}: {Credential(token).Value}";

    private Task<HttpResponseMessage> SendSecurelyAsync(string path, string? token, params (string Name, string Value)[] headers)
    {
        var request = Request(HttpMethod.Get, new Uri(gateway.Program.SecureAddress, path).AbsoluteUri, token, null, headers);
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        return gateway.Client.SendAsync(request, Stop);
    }
}
