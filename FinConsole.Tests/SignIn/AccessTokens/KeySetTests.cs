using System.Net;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>The published keys, as libraries fetch and keep them.</summary>
public sealed class KeySetTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    private const string Address = "/.well-known/jwks.json";

    [Fact]
    public async Task May_be_kept_for_minutes_and_asked_for_again_by_its_tag()
    {
        using var first = await web.Program().GetAsync(Address, Stop);

        Assert.Equal((HttpStatusCode.OK, "public, max-age=300"), (first.StatusCode, first.Headers.CacheControl?.ToString()));
        Assert.Equal("application/json", first.Content.Headers.ContentType?.MediaType);
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        foreach (var known in new[] { tag.ToString(), $"\"another\", {tag}", "W/" + tag, "*" })
        {
            using var again = await web.Program().SendAsync(ApiConsole.Get(Address, ("If-None-Match", known)), Stop);
            Assert.Equal((known, HttpStatusCode.NotModified, 0), (known, again.StatusCode, (await again.Content.ReadAsByteArrayAsync(Stop)).Length));
            Assert.Equal(("public, max-age=300", tag), (again.Headers.CacheControl?.ToString(), again.Headers.ETag));
        }

        using var other = await web.Program().SendAsync(ApiConsole.Get(Address, ("If-None-Match", "\"another\"")), Stop);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await other.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Nothing_but_the_keys_themselves_is_kept()
    {
        using var refused = await web.Program().SendAsync(ApiConsole.Get(Address, ("Accept", "text/html")), Stop);
        using var missing = await web.Program().GetAsync("/.well-known/nothing", Stop);

        Assert.Equal((HttpStatusCode.NotAcceptable, "no-store"), (refused.StatusCode, refused.Headers.CacheControl?.ToString()));
        Assert.Equal((HttpStatusCode.NotFound, "no-store"), (missing.StatusCode, missing.Headers.CacheControl?.ToString()));
    }
}
