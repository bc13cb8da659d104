using FinConsole.Core.Usage.Gateways;
using Xunit;

namespace FinConsole.Tests.Usage;

public sealed class GatewayEndpointTests
{
    [Theory]
    [InlineData("GET", "/payments", "GET /payments")]
    [InlineData("get", "/v1/payments/42/items?secret=1", "GET /payments/…")]
    [InlineData("POST", "/V12/Accounts", "POST /accounts")]
    [InlineData("DELETE", "/market-data#x", "DELETE /market-data")]
    [InlineData("PURGE", "/payments", "OTHER /payments")]
    [InlineData("GET", "/", "GET /…")]
    [InlineData("GET", "/v1", "GET /…")]
    [InlineData("GET", "/unknown/payments", "GET /…")]
    public void Keeps_method_and_resource_of_a_path(string method, string path, string endpoint) => Assert.Equal(endpoint, GatewayEndpoint.Of(method, path));
}
