using System.Buffers.Text;
using System.Net;
using System.Text;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>What a documented gateway does that verifies members' access tokens itself.</summary>
public abstract class JwksMatrix<TProgram>(JwksFixture<TProgram> gateway)
    where TProgram : GatewayProgram, new()
{
    [Fact]
    public async Task Lets_a_member_through_and_tells_the_API_who_it_is_but_not_the_token()
    {
        var developer = gateway.Console.Tenant.Developer;
        var shown = await gateway.Console.SignInAsync(developer);

        using var answer = await SendAsync(
            HttpMethod.Post, shown,
            ("X-Member-Id", "spoofed"), ("X_Member_Id", "spoofed"), ("X_Role", "spoofed"), ("X.Role", "spoofed"), ("X_Tenant-Id", "spoofed"),
            ("Connection", "X-Member-Id, X-Tenant-Id, X-Role"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var got = gateway.Api.Requests.Last();
        Assert.Equal(
            (gateway.Console.Tenant.Id.ToString(), developer.Id.ToString(), "developer"),
            (got.Header("X-Tenant-Id"), got.Header("X-Member-Id"), got.Header("X-Role")));
        Assert.DoesNotContain(got.Headers, line => line.Contains("spoofed", StringComparison.Ordinal));
        Assert.DoesNotContain(got.Headers, line => line.Contains(shown.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lets_a_reviewer_read_and_not_write()
    {
        var shown = await gateway.Console.SignInAsync(gateway.Console.Tenant.Reviewer);

        using var reads = await SendAsync(HttpMethod.Get, shown);
        var reached = gateway.Api.Reached;
        using var writes = await SendAsync(HttpMethod.Post, shown);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (reads.StatusCode, writes.StatusCode));
        Assert.Equal(reached, gateway.Api.Reached);
    }

    [Fact]
    public async Task Refuses_what_FinConsole_did_not_sign()
    {
        var (_, good) = await gateway.Console.SignInAsync(gateway.Console.Tenant.Developer);
        var parts = good["Bearer ".Length..].Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        var admin = Encode(claims.Replace("developer", "admin", StringComparison.Ordinal));
        var token = (await gateway.Console.MakeTokenAsync("No JWT", "read:*")).Secret.Reveal();
        var unsigned = Encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}");
        var reached = gateway.Api.Reached;

        foreach (var shown in new[] { "", token, $"{parts[0]}.{admin}.{parts[2]}", $"{unsigned}.{parts[1]}.", $"{parts[0]}.{parts[1]}." })
        {
            using var answer = await SendAsync(HttpMethod.Get, ("Authorization", "Bearer " + shown));
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{shown}: {answer.StatusCode}");
        }

        Assert.Equal(reached, gateway.Api.Reached);
    }

    [Fact]
    public async Task Is_closed_when_it_cannot_get_the_keys()
    {
        using var nobody = new RefusingPort();
        await using var other = await gateway.StartAnotherAsync(nobody.Authority);
        using var client = new HttpClient { BaseAddress = other.Address };
        var reached = gateway.Api.Reached;

        var shown = await gateway.Console.SignInAsync(gateway.Console.Tenant.Developer);
        using var answer = await client.SendAsync(ApiConsole.Get("/v1/payments", shown), Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(reached, gateway.Api.Reached);
    }

    [Fact]
    public void Waits_for_FinConsole_two_seconds_at_most() =>
        Assert.InRange(gateway.Program.StatedLimit, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, params (string Name, string Value)[] headers) =>
        gateway.Client.SendAsync(ApiConsole.Request(method, "/v1/payments", null, headers), Stop);
}
