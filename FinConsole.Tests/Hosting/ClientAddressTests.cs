using System.Net;
using FinConsole.Tests.Common;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>The client's address, whichever way it is told: one form for login history, limits and the audit log.</summary>
public sealed class ClientAddressTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    [Theory]
    [InlineData("fe80::7%3", "fe80::7")]
    [InlineData("2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff%4294967295", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.77")]
    public async Task A_trusted_proxys_word_of_the_client_is_kept_in_its_plain_form(string said, string kept)
    {
        var (email, password) = (console.Tenant.Reviewer.Email, TestMember.Password);
        var (signedIn, _) = await console.SendAsync(HttpMethod.Post, "/api/v1/auth/login", new { email, password }, ("X-Forwarded-For", said));
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);

        var (_, found) = await console.SendAsync(HttpMethod.Get, $"/api/v1/login-history?ip={kept}", null, await console.SignInAsync(console.Tenant.Admin));
        Assert.Equal([kept], found.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("ip").GetString()).Distinct());
    }

    [Theory]
    [MemberData(nameof(IpTextTests.Misread), MemberType = typeof(IpTextTests))]
    public async Task An_address_that_programs_read_differently_is_refused_wherever_a_gateway_tells_one(string ip)
    {
        var service = ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("tells " + ip)).Reveal());
        var token = await console.MakeTokenAsync("Used from " + ip, "read:*");

        var report = new { items = new[] { new { tokenId = token.Token.Id, method = "GET", path = "/v1/payments", status = 200, at = DateTimeOffset.UtcNow, ip } } };
        var (reported, fault) = await console.SendAsync(HttpMethod.Post, "/api/v1/usage", report, service);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", token.Secret.Reveal()), KeyValuePair.Create("ip", ip)]);
        using var asked = await console.Api.SendAsync(ApiConsole.Request(HttpMethod.Post, "/api/v1/introspect", form, service), Stop);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (reported.StatusCode, asked.StatusCode));
        Assert.True(fault.GetProperty("errors").TryGetProperty("items[0].ip", out _));
    }
}
