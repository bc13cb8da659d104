using System.Net;
using System.Security.Claims;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.OAuth.Clients;

/// <summary>An API of somebody else's with ASP.NET Core's JwtBearer, as docs/oauth sets it up: it knows the address, and discovers the rest.</summary>
public sealed class JwtBearerTests(OAuthConsole console) : IClassFixture<OAuthConsole>
{
    [Fact]
    public async Task Takes_a_good_access_token_and_refuses_every_other_one()
    {
        await using var api = await StartAsync(serviceToken: null);
        var good = (await console.SignInAsync()).AccessToken;

        using var answer = await AskAsync(api, good.Reveal());

        Assert.Equal((HttpStatusCode.OK, (string)AccessSteps.Part(good, 1)["sub"]! + " developer"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)));
        foreach (var (fault, bad) in await console.BadTokensAsync(good))
        {
            using var refused = await AskAsync(api, bad);
            Assert.Equal((fault, HttpStatusCode.Unauthorized), (fault, refused.StatusCode));
        }
    }

    [Fact]
    public async Task Refuses_an_ended_session_at_once_where_it_introspects()
    {
        await using var api = await StartAsync((await console.MakeServiceTokenAsync("JwtBearer")).Reveal());
        var token = (await console.SignInAsync()).AccessToken.Reveal();

        using var before = await AskAsync(api, token);
        using var ended = await console.Api.SendAsync(ApiConsole.Request(HttpMethod.Post, "/api/v1/revoke", new FormUrlEncodedContent([new("token", token)])), Stop);
        using var after = await AskAsync(api, token);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized], [before.StatusCode, ended.StatusCode, after.StatusCode]);
    }

    private async Task<WebApplication> StartAsync(string? serviceToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddFinConsole(console.Issuer, console.Audience, serviceToken);
        builder.Services.AddAuthorization();
        var api = builder.Build();
        api.UseAuthentication();
        api.UseAuthorization();
        api.MapGet("/", (ClaimsPrincipal caller) => $"{caller.Identity?.Name} {(caller.IsInRole("developer") ? "developer" : "")}").RequireAuthorization();
        await api.StartAsync(Stop);
        return api;
    }

    private static Task<HttpResponseMessage> AskAsync(WebApplication api, string token) =>
        api.GetTestClient().SendAsync(ApiConsole.Get("/", ("Authorization", "Bearer " + token)), Stop);
}
