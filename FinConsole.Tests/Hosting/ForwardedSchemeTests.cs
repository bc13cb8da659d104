using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>What a proxy says of the connection that the client made to it, and of the host that the client asked for.</summary>
public sealed class ForwardedSchemeTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    private static readonly string[][] Addresses = [[], ["203.0.113.9"], ["203.0.113.9, 127.0.0.1"], ["127.0.0.1", "127.0.0.1"]];

    [Theory]
    [InlineData(true, "https")]
    [InlineData(true, "HTTPS")]
    [InlineData(true, "http, https")]
    [InlineData(true, "http,https")]
    [InlineData(true, "https, https")]
    [InlineData(true, "http", "https")]
    [InlineData(false, "http")]
    [InlineData(false, "https, http")]
    [InlineData(false, "https,https,http")]
    [InlineData(false, "https", "http")]
    [InlineData(false, "https, https", "http")]
    [InlineData(false, "https,")]
    [InlineData(false, "https, wss")]
    [InlineData(false, "\"https\"")]
    [InlineData(false, "https;http")]
    [InlineData(false, "")]
    public async Task Of_a_list_the_nearest_proxys_word_counts_whatever_addresses_come_with_it(bool secure, params string[] sent)
    {
        foreach (var addresses in Addresses)
            Assert.Equal((string.Join('|', addresses), secure), (string.Join('|', addresses), await IsSecureAsync(console.Address, sent, addresses)));
    }

    [Fact]
    public async Task From_anybody_else_nothing_counts()
    {
        await using var other = new Other();
        await other.InitializeAsync();

        foreach (var sent in new[] { "https", "http, https", "https, http" })
            Assert.False(await IsSecureAsync(other.Address, [sent], []));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example, console.example")]
    [InlineData("console.example, evil.example")]
    [InlineData("evil.example", "console.example")]
    [InlineData("xn--")]
    public async Task A_forwarded_host_is_never_read(params string[] sent)
    {
        using var browser = new RawBrowser(console.Address);
        foreach (var path in new[] { ConsoleUrls.Login, ConsoleUrls.Overview, ConsoleUrls.ForgotPassword, ConsoleUrls.ApiDocs, ConsoleUrls.OpenApi, "/nowhere", "/.well-known/jwks.json" })
        {
            var plain = await browser.GetAsync(path);
            var answer = await browser.GetAsync(path, [.. sent.Select(host => ("X-Forwarded-Host", host)), .. sent.Select(host => ("Forwarded", $"host={host}"))]);
            Assert.Equal((path, plain.StatusCode, plain.Headers.Location), (path, answer.StatusCode, answer.Headers.Location));
            Assert.DoesNotContain("evil.example", $"{answer.Headers}{await answer.Content.ReadAsStringAsync(Stop)}", StringComparison.Ordinal);
        }
    }

    // Strict-Transport-Security is sent where the client's connection is secure, and nowhere else.
    private static async Task<bool> IsSecureAsync(Uri address, string[] schemes, string[] addresses)
    {
        using var browser = new RawBrowser(address);
        var headers = schemes.Select(scheme => ("X-Forwarded-Proto", scheme)).Concat(addresses.Select(each => ("X-Forwarded-For", each)));
        return (await browser.GetAsync(ConsoleUrls.Login, [.. headers])).Headers.Contains("Strict-Transport-Security");
    }

    private sealed class Other : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings => [("Proxies:Trusted:0", "203.0.113.1")];
    }
}
