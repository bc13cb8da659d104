using FinConsole.Web.Hosting.Authentication;
using Xunit;

namespace FinConsole.Tests.Hosting;

public sealed class LocalUrlsTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/security/audit")]
    [InlineData("/account/profile")]
    [InlineData("/account/confirm-email?token=x")]
    [InlineData("/account/../team?next=/account/login")]
    [InlineData("/login/account")]
    [InlineData("/security/logins?ip=203.0.113.0%2F24&q=a%20b#top")]
    public void Follows_a_path_of_this_console(string url) => Assert.Equal(url, LocalUrls.Or("/fallback", url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%2f%2fevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/%252Fevil.example")]
    [InlineData("%2F%2Fevil.example")]
    [InlineData("/a//evil.example")]
    [InlineData("/\tevil")]
    [InlineData("/%0D%0ASet-Cookie:x=y")]
    public void Refuses_what_could_lead_elsewhere(string? url) => Assert.Equal("/fallback", LocalUrls.Or("/fallback", url));

    [Fact]
    public void Refuses_an_address_that_is_too_long() => Assert.Equal("/", LocalUrls.Or("/", "/" + new string('a', 2000)));

    [Theory]
    [InlineData("/account/login?returnUrl=%2F")]
    [InlineData("/account/logout")]
    [InlineData("/account/login/mfa")]
    [InlineData("/account/./logout")]
    [InlineData("/account/%2e/logout")]
    [InlineData("/account/%6cogin")]
    [InlineData("/account/%256cogin?x=y")]
    [InlineData("/account/../account/logout")]
    [InlineData("/x/%2e%2e/account/logout#top")]
    [InlineData("/team/..%2faccount/login")]
    [InlineData("/ACCOUNT/Login")]
    [InlineData("/account;x/logout;y")]
    [InlineData("/account%2Flogin/")]
    [InlineData("/account/login%20")]
    [InlineData("/account/log\u200Bin")]
    [InlineData("/account/\uFF4Cogin")]
    public void Does_not_lead_back_to_signing_in_or_out(string url) => Assert.Equal("/", LocalUrls.Or("/", url));
}
