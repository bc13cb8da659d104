using System.Text;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>Whatever an end client's headers are, a gateway that passes them on gets 200, 401 or 403.</summary>
public sealed class AuthorizeHeadersTests(GatewayHeadersTests.Console console) : IClassFixture<GatewayHeadersTests.Console>
{
    [Fact]
    public async Task Any_header_of_a_client_leaves_the_decision_as_it_is()
    {
        foreach (var header in ClientHeaders.All.Concat(ClientHeaders.OfConnections))
            await DecidesAsync(header);
    }

    [Fact]
    public async Task All_of_them_together_do_as_well() => await DecidesAsync([.. ClientHeaders.All.DistinctBy(header => header.Split(':')[0], StringComparer.OrdinalIgnoreCase)]);

    [Fact]
    public async Task So_do_as_many_and_as_long_headers_as_gateways_let_through()
    {
        await DecidesAsync([.. Enumerable.Range(0, 2_000).Select(number => $"X-Number-{number}: {number}")]);
        await DecidesAsync([.. Enumerable.Range(0, 4).Select(number => $"X-Long-{number}: {new string('x', 32 * 1024)}")]);
    }

    [Fact]
    public async Task A_body_that_is_announced_and_never_sent_is_not_waited_for()
    {
        foreach (var body in new[] { "Content-Length: 3145728", "Transfer-Encoding: chunked" })
        {
            foreach (var expect in new[] { "X-Nothing: 1", "Expect: 100-continue" })
            {
                foreach (var (credential, status) in new[] { ("X-Auth-Token: " + console.Token, 200), ("X-Nothing-Else: 1", 401) })
                {
                    using var connection = new RawConnection(console.Address);
                    var answer = await connection.SendAsync("POST /api/v1/authorize", "X-Original-URI: /v1/accounts", "X-Original-Method: GET", credential, body, expect, "Content-Type: application/json");
                    Assert.Equal((body, expect, status), (body, expect, answer.Status));
                }
            }
        }
    }

    [Fact]
    public async Task What_stands_in_the_query_of_the_question_or_of_the_target_counts_for_nothing()
    {
        using var connection = new RawConnection(console.Address);

        var byQuery = await connection.SendAsync($"GET /api/v1/authorize?access_token={console.Token}&X-Auth-Token={console.Token}", "X-Original-URI: /v1/accounts", "X-Original-Method: GET");
        var withQuery = await connection.SendAsync(
            "GET /api/v1/authorize?canary-7", "X-Original-URI: /v1/accounts?canary-7=/v1/payments", "X-Original-Method: GET", "X-Auth-Token: " + console.Token);

        Assert.Equal((401, 200), (byQuery.Status, withQuery.Status));
        Assert.DoesNotContain("canary-7", withQuery.Head, StringComparison.Ordinal);
    }

    private async Task DecidesAsync(params string[] headers)
    {
        using var connection = new RawConnection(console.Address);
        foreach (var (credential, status) in new[] { ("X-Auth-Token: " + console.Token, 200), ("X-Auth-Token: junk", 401), ("X-Nothing-Else: 1", 401) })
        {
            var answer = await connection.SendAsync("GET /api/v1/authorize", ["X-Original-URI: /v1/accounts", "X-Original-Method: GET", credential, .. headers]);
            Assert.Equal((Shown(headers), status), (Shown(headers), answer.Status));
        }
    }

    private static string Shown(string[] headers) => string.Join(" | ", headers.Take(3).Select(header => Convert.ToHexString(Encoding.Latin1.GetBytes(header[..Math.Min(header.Length, 4)])) + header[..Math.Min(header.Length, 80)]));
}
