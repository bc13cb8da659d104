using System.Net;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>A cookie counts by its exact name.</summary>
public sealed class ExactCookieTests(ApiConsole console) : IClassFixture<ApiConsole>, IAsyncLifetime
{
    private readonly RawBrowser _browser = new(console.Address);
    private readonly RawBrowser _nobody = new(console.Address);

    public async ValueTask InitializeAsync() => await _browser.SignInAsync(console.Tenant.Developer);

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        _nobody.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("__host-finconsole")]
    [InlineData("__HOST-FINCONSOLE")]
    [InlineData("__Host-FinConsole")]
    public async Task Of_another_case_it_is_no_session_and_takes_none_away(string name)
    {
        var cookies = _browser.Cookies;
        Assert.Contains("__Host-finconsole=", cookies, StringComparison.Ordinal);
        var other = cookies.Replace("__Host-finconsole=", name + "=", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, (await _nobody.GetAsync(ConsoleUrls.SessionState, ("Cookie", other))).StatusCode);
        foreach (var sent in new[] { $"{cookies}; {name}=x", $"{name}=x; {cookies}" })
            Assert.Equal((sent.Length, HttpStatusCode.OK), (sent.Length, (await _nobody.GetAsync(ConsoleUrls.SessionState, ("Cookie", sent))).StatusCode));
    }
}
