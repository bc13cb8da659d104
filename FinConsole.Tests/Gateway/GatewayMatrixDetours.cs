using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>
/// The rows on what would have the API serve something else than what was authorized: tunnels, and headers that replace path or method.
/// </summary>
public abstract partial class GatewayMatrix<TProgram>
{
    [Theory]
    [InlineData("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__")]
    [InlineData("Connection: Upgrade, HTTP2-Settings", "Upgrade: websocket, h2c", "HTTP2-Settings: AAMAAABkAAQAAP__")]
    [InlineData("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "Upgrade: websocket", "HTTP2-Settings: AAMAAABkAAQAAP__")]
    [InlineData("Connection: Upgrade", "Upgrade: TLS/1.3")]
    [InlineData("Connection: Upgrade", "Upgrade: Websockets")]
    [InlineData("Connection: HTTP2-Settings", "HTTP2-Settings: AAMAAABkAAQAAP__")]
    public async Task Asks_the_API_for_no_other_protocol_than_WebSocket(params string[] headers)
    {
        var token = (await MakeTokenAsync("read:*")).Secret.Reveal();
        var reached = gateway.Api.Reached;

        var (status, text) = await RawHttp.SendAsync(gateway.Program.Address, "GET /v1/payments", [Line(token), .. headers]);

        // A gateway may refuse it as well.
        Assert.True(status is 200 or 400 or 403, text);
        foreach (var request in gateway.Api.Requests.Skip(reached))
        {
            var upgrades = request.Headers.Where(line => line.StartsWith("Upgrade: ", StringComparison.OrdinalIgnoreCase)).ToList();
            Assert.True(upgrades.TrueForAll(line => line.EndsWith(": websocket", StringComparison.Ordinal)), string.Join('\n', upgrades));
            Assert.DoesNotContain(request.Headers, line => line.Contains("HTTP2-Settings", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("SCRIPT_NAME", "/v1/payments")]
    [InlineData("Script_Name", "/v1/payments")]
    [InlineData("PATH_INFO", "/v1/accounts")]
    [InlineData("X-Script-Name", "/v1/payments")]
    [InlineData("X_SCRIPT_NAME", "/v1/payments")]
    [InlineData("X-Rewrite-URL", "/v1/accounts")]
    [InlineData("x-rewrite-url", "/v1/accounts")]
    [InlineData("X_Rewrite_URL", "/v1/accounts")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X_HTTP_METHOD_OVERRIDE", "DELETE")]
    [InlineData("X~HTTP-Method.Override", "DELETE")]
    [InlineData("X-HTTP-Method", "DELETE")]
    [InlineData("X-Method-Override", "DELETE")]
    [InlineData("X-Method-Override-", "DELETE")]
    public async Task Lets_no_header_through_by_which_an_API_would_serve_another_path_or_method(string name, string value)
    {
        var token = (await MakeTokenAsync("read:payments")).Secret.Reveal();
        var reached = gateway.Api.Reached;

        var (status, text) = await RawHttp.SendAsync(
            gateway.Program.Address, "GET /v1/payments/v1/accounts", [Line(token), $"{name}: {value}"]);

        Assert.True(status is 200 or 403, text);
        Assert.DoesNotContain(
            gateway.Api.Requests.Skip(reached).SelectMany(request => request.Headers),
            line => line.EndsWith(": " + value, StringComparison.Ordinal));
    }
}
