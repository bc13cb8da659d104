using System.Net;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>The guide as a file.</summary>
public sealed class GuideDownloadTests(WebConsole console) : IClassFixture<WebConsole>
{
    private const string Address = "/settings/api-connections/keys/guide.md";

    [Fact]
    public async Task A_member_gets_a_file_that_no_cache_keeps()
    {
        using var browser = console.Browser();
        await WebConsole.SignInAsync(browser);

        var answer = await browser.GetAsync(Address, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/markdown; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(("attachment", "finconsole-encryption-guide.md"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        var guide = await answer.Content.ReadAsStringAsync(Stop);
        Assert.StartsWith("# Encrypting sensitive fields", guide, StringComparison.Ordinal);
        Assert.Contains("-----BEGIN PUBLIC KEY-----", guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in()
    {
        using var browser = console.Browser();
        var answer = await browser.GetAsync(Address, Stop);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith("/account/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_not_rendered_before_its_connection()
    {
        using var browser = console.Browser();
        await WebConsole.SignInAsync(browser);
        var source = await browser.GetStringAsync("/settings/api-connections/keys", Stop);
        Assert.DoesNotContain("public-key", source, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", source, StringComparison.Ordinal);
    }
}
