using System.Net;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>A token in a page's address goes no further.</summary>
public sealed class MaskedAddressTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    private static readonly string Token = "fc_prd_" + string.Concat(Enumerable.Repeat("Ab3dE6gH", 7))[..49];

    [Theory]
    [InlineData(ConsoleUrls.Tokens, "q")]
    [InlineData(ConsoleUrls.Audit, "q")]
    [InlineData(ConsoleUrls.Logins, "account")]
    [InlineData(ConsoleUrls.Team, "q")]
    [InlineData(ConsoleUrls.Login, "returnUrl")]
    [InlineData(ConsoleUrls.Overview, "unknown")]
    public async Task Is_masked_before_a_page_says_anything(string page, string key)
    {
        using var browser = new RawBrowser(console.Address);
        await browser.SignInAsync(console.Tenant.Admin);

        using var answer = await browser.GetAsync($"{page}?a=1&{key}={Token}");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"{page}?a=1&{key}=fc_prd_{Token[7..11]}%E2%80%A6{Token[^4..]}", answer.Headers.Location!.OriginalString);
        Assert.DoesNotContain(Token, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("/api/v1/tokens")]
    public async Task Leads_neither_elsewhere_nor_a_program_anywhere(string path)
    {
        using var browser = new RawBrowser(console.Address);
        await browser.SignInAsync(console.Tenant.Admin);

        using var answer = await browser.GetAsync($"{console.Address.GetLeftPart(UriPartial.Authority)}{path}?q={Token}");

        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }
}
