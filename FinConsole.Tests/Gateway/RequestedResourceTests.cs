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
    public void What_is_not_plainly_a_known_resource_is_refused(string uri) => Assert.Null(RequestedResource.Read(uri, "GET", Settings));

    [Theory]
    [InlineData(null, "GET")]
    [InlineData("/payments", null)]
    public void So_is_what_the_gateway_did_not_say(string? uri, string? method) => Assert.Null(RequestedResource.Read(uri, method, Settings));
}
