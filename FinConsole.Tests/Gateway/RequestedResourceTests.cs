using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Web.Gateway;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>Which scope a forwarded request needs, and which paths nobody should guess the meaning of.</summary>
public sealed class RequestedResourceTests
{
    private static readonly GatewaySettings Settings = new() { Resources = new HashSet<string> { "payments", "reports", "fx" }, Limited = new HashSet<string> { "reports" } };

    [Theory]
    [InlineData("GET", "/payments", "read:payments", true)]
    [InlineData("HEAD", "/v1/payments/7?expand=all", "read:payments", true)]
    [InlineData("GET", "/v12/payments", "read:*", true)]
    [InlineData("GET", "https://api.example/v1/payments", "read:payments", true)]
    [InlineData("GET", "/payments/caf%C3%A9", "read:payments", true)]
    [InlineData("GET", "/payments/a%20b%23c%3Fd/", "read:payments", true)]
    [InlineData("GET", "/payments/!$&'()*+,=:@-._~", "read:payments", true)]
    [InlineData("GET", "/payments/7.5..pdf", "read:payments", true)]
    [InlineData("GET", "/payments?expand[]=all&q=a%20b;c/../?d=%25", "read:payments", true)]
    [InlineData("GET", "http://api.example:8080/payments", "read:payments", true)]
    [InlineData("GET", "http://[2001:db8::1]:8080/payments", "read:payments", true)]
    [InlineData("PROPFIND", "/payments", "read:*", false)]
    [InlineData("PROPFIND", "/payments", "write:payments", true)]
    [InlineData("POST", "/v1/payments", "write:payments", true)]
    [InlineData("POST", "/v1/payments", "read:*", false)]
    [InlineData("GET", "/v1/payments", "write:*", false)]
    [InlineData("POST", "/v1/payments", "write:limited", false)]
    [InlineData("POST", "/v1/reports", "write:limited", true)]
    [InlineData("PUT", "/v1/reports", "write:limited", false)]
    [InlineData("OPTIONS", "/v1/payments", "read:*", false)]
    [InlineData("get", "/v1/payments", "read:*", false)]
    [InlineData("GET", "/v1/fx", "read:*", true)]
    [InlineData("GET", "/v1/fx", "read:payments", false)]
    [InlineData("DELETE", "/v1/fx", "write:*", true)]
    public void A_method_and_a_resource_need_a_scope(string method, string uri, string scope, bool allowed)
    {
        var resource = RequestedResource.Read(uri, method, Settings);

        Assert.Equal(allowed, resource?.AllowedBy(ScopeSet.Granted([scope])) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("payments")]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/accounts")]
    [InlineData("/PAYMENTS")]
    [InlineData("/v1/v1/payments")]
    [InlineData("//payments")]
    [InlineData("/payments//7")]
    [InlineData("/payments/../accounts")]
    [InlineData("/payments/./7")]
    [InlineData("/payments/%2e%2e/accounts")]
    [InlineData("/payments/%2E%2E%2faccounts")]
    [InlineData("/payments%2f7")]
    [InlineData("/payments/%5c")]
    [InlineData("/payments\\7")]
    [InlineData("/payments/%252e")]
    [InlineData("/payments/a%00b")]
    [InlineData("/payments;v=1")]
    [InlineData("/payments/ü")]
    [InlineData("ftp://api.example/payments")]
    [InlineData("https://api.example")]
    [InlineData("/payments#/../fx/7")]
    [InlineData("/payments/#")]
    [InlineData("/payments?x#y")]
    [InlineData("https://api.example/payments#x")]
    [InlineData("/payments /7")]
    [InlineData("/payments?a b")]
    [InlineData("/payments\t")]
    [InlineData("/payments\r\nX: y")]
    [InlineData("/payments/\u007f")]
    [InlineData("/payments?\u0000")]
    [InlineData("/payments?q=ü")]
    [InlineData("/payments/\"")]
    [InlineData("/payments/<7>")]
    [InlineData("/payments/^7")]
    [InlineData("/payments/`7")]
    [InlineData("/payments/{7}")]
    [InlineData("/payments/a|b")]
    [InlineData("/payments/[7]")]
    [InlineData("/payments?{}")]
    [InlineData("/payments?\\")]
    [InlineData("/payments/100%")]
    [InlineData("/payments/%2")]
    [InlineData("/payments/%zz")]
    [InlineData("/payments/%u002e")]
    [InlineData("/payments?q=100%")]
    [InlineData("/payments/..%3b/fx")]
    [InlineData("/payments/..%3B/fx")]
    [InlineData("/payments/a;b")]
    [InlineData("/payments/..;/fx")]
    [InlineData("/payments/50%25")]
    [InlineData("/payments/%c0%af")]
    [InlineData("/payments/%c0%ae%c0%ae/fx")]
    [InlineData("/payments/%ff")]
    [InlineData("/payments/%e0%80%af")]
    [InlineData("/payments/%ef%bc%8e%ef%bc%8e/fx")]
    [InlineData("/payments/%ef%bc%8ffx")]
    [InlineData("/payments/%e2%80%a5/fx")]
    [InlineData("/payments/...")]
    [InlineData("/payments/..%20/fx")]
    [InlineData("/payments/%20/7")]
    [InlineData("/payments/%2e/7")]
    [InlineData("/payments/%7f")]
    [InlineData("/payments/%C2%85")]
    [InlineData("http://a?/payments")]
    [InlineData("http://a#/payments")]
    [InlineData("http://a\\/payments")]
    [InlineData("https:///payments")]
    [InlineData("http://:80/payments")]
    [InlineData("http://user@api.example/payments")]
    [InlineData("http://user:secret@api.example/payments")]
    [InlineData("http://api.example:/payments")]
    [InlineData("http://api.example:80a/payments")]
    [InlineData("http://api.example:1:2/payments")]
    [InlineData("http://[::1/payments")]
    [InlineData("http://[]/payments")]
    [InlineData("http://[::1]x/payments")]
    [InlineData("http://a%2fb/payments")]
    [InlineData("http://a b/payments")]
    [InlineData("http:/payments")]
    [InlineData("HTTP://api.example/payments")]
    [InlineData("http://api.example//payments")]
    [InlineData("*")]
    [InlineData("api.example:443")]
    [InlineData("?/payments")]
    [InlineData("/\\payments")]
    [InlineData("/./payments")]
    [InlineData("/%70ayments")]
    [InlineData("/v%31/payments")]
    public void What_is_not_plainly_a_known_resource_is_refused(string uri) => Assert.Null(RequestedResource.Read(uri, "GET", Settings));

    [Theory]
    [InlineData(null, "GET")]
    [InlineData("/payments", null)]
    [InlineData("/payments", "")]
    public void So_is_what_the_gateway_did_not_say(string? uri, string? method) => Assert.Null(RequestedResource.Read(uri, method, Settings));

    [Fact]
    public void A_target_longer_than_the_longest_is_refused()
    {
        var longest = "/payments?" + new string('x', 8192 - "/payments?".Length);

        Assert.NotNull(RequestedResource.Read(longest, "GET", Settings));
        Assert.Null(RequestedResource.Read(longest + "x", "GET", Settings));
    }
}
