using System.Net;
using System.Net.Http.Json;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>What a tenant's token may read here, and what is a member's alone (api.md, "What a tenant's token may call here").</summary>
public sealed class TokenReadsApiTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    [Theory]
    [InlineData("/api/v1/audit", "read:audit")]
    [InlineData("/api/v1/audit?after=0", "read:audit")]
    [InlineData("/api/v1/audit/checkpoint", "read:audit")]
    [InlineData("/api/v1/login-history", "read:login-history")]
    public async Task Reads_with_the_scope_that_names_it_and_not_with_the_one_for_everything(string route, string scope)
    {
        Assert.Equal(HttpStatusCode.OK, (await (await web.NewTokenAsync(scope)).GetAsync(route, Stop)).StatusCode);

        var refusal = await AccessWebConsole.RefusedAsync(await (await web.NewTokenAsync("read:*", "write:*")).GetAsync(route, Stop), HttpStatusCode.Forbidden, "insufficient_scope");

        Assert.Equal(scope, refusal["scope"]!.GetValue<string>());
    }

    [Fact]
    public async Task Any_token_reads_the_encryption_key()
    {
        var key = await AccessWebConsole.ReadAsync(await (await web.NewTokenAsync("write:payments")).GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK);

        Assert.Equal("RSA-OAEP-256", key["algorithm"]!.GetValue<string>());
    }

    [Fact]
    public async Task No_token_does_what_is_a_members_own()
    {
        var token = await web.NewTokenAsync("read:*", "write:*", "read:audit", "read:login-history");
        foreach (var route in (string[])["/api/v1/me/password", "/api/v1/me/mfa", "/api/v1/me/mfa/confirm", "/api/v1/encryption-keys/rotate", "/api/v1/auth/logout", "/user/mfa/enable"])
            await AccessWebConsole.RefusedAsync(await token.PostAsJsonAsync(route, new { password = WebConsole.Password }, Stop), HttpStatusCode.Forbidden, "member_required");
    }
}
