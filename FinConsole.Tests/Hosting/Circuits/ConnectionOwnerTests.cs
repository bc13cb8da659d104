using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting.Circuits;

/// <summary>Whoever knows a connection's token, and has the cookie of another session, can neither read it, nor send to it, nor end it.</summary>
public sealed class ConnectionOwnerTests(ApiConsole console) : IClassFixture<ApiConsole>, IAsyncLifetime
{
    private const string Handshake = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e";
    private const string Greeting = "{}\u001e";

    private readonly RawBrowser _owner = new(console.Address);
    private readonly RawBrowser _sameMember = new(console.Address);
    private readonly RawBrowser _colleague = new(console.Address);
    private readonly RawBrowser _otherTenant = new(console.Address);
    private readonly RawBrowser _nobody = new(console.Address);

    private string Origin => console.Address.GetLeftPart(UriPartial.Authority);

    private IEnumerable<(RawBrowser Browser, HttpStatusCode Answer)> Others =>
        [(_sameMember, HttpStatusCode.NotFound), (_colleague, HttpStatusCode.NotFound), (_otherTenant, HttpStatusCode.NotFound), (_nobody, HttpStatusCode.Unauthorized)];

    public async ValueTask InitializeAsync()
    {
        await _owner.SignInAsync(console.Tenant.Developer);
        await _sameMember.SignInAsync(console.Tenant.Developer);
        await _colleague.SignInAsync(console.Tenant.Reviewer);
        await _otherTenant.SignInAsync((await console.NewTenantAsync()).Admin);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var browser in new[] { _owner, _sameMember, _colleague, _otherTenant, _nobody })
            browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Others_cannot_touch_a_long_polling_connection(int version)
    {
        var id = await NegotiateAsync(version);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(_owner, HttpMethod.Get, id)).StatusCode);

        foreach (var (browser, answer) in Others)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete, HttpMethod.Post })
                Assert.Equal((method, answer), (method, (await AskAsync(browser, method, id, "not the handshake\u001e")).StatusCode));
            Assert.Equal(answer, (await browser.GetAsync(Path(id), ("Origin", Origin), ("Accept", "text/event-stream"))).StatusCode);
        }

        // It is there, has read nothing of what they sent, and answers its owner.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(_owner, HttpMethod.Post, id, Handshake)).StatusCode);
        var polled = await AskAsync(_owner, HttpMethod.Get, id);
        Assert.Equal((HttpStatusCode.OK, Greeting), (polled.StatusCode, await polled.Content.ReadAsStringAsync(Stop)));
        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(_owner, HttpMethod.Delete, id)).StatusCode);
    }

    [Fact]
    public async Task Others_cannot_open_the_web_socket_of_a_connection_before_its_owner_or_after()
    {
        var id = await NegotiateAsync(1);
        await AssertRefusedAsync(id);

        using var socket = await OpenAsync(_owner, id);
        await AssertRefusedAsync(id);
        await socket.SendAsync(Encoding.UTF8.GetBytes(Handshake), WebSocketMessageType.Binary, true, Stop);

        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, Stop);
        Assert.Equal(Greeting, Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    [Fact]
    public async Task Nor_does_its_owner_reach_it_by_anything_but_what_was_negotiated()
    {
        var id = await NegotiateAsync(1);
        var changed = id[..^1] + (id[^1] == 'A' ? 'B' : 'A');
        foreach (var path in new[] { Path(id.Split('.')[0]), Path(changed), Path(""), Path("."), $"{Path(id)}&id={id}", $"{Path(id.Split('.')[0])}&ID={id}" })
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await _owner.SendAsync(HttpMethod.Get, path, null, ("Origin", Origin))).StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(_owner, HttpMethod.Get, id)).StatusCode);
    }

    private async Task AssertRefusedAsync(string id)
    {
        foreach (var (browser, answer) in Others)
        {
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(browser, id));
            Assert.Contains($"{(int)answer}", refused.Message, StringComparison.Ordinal);
        }
    }

    private async Task<string> NegotiateAsync(int version)
    {
        var answer = await _owner.SendAsync(HttpMethod.Post, $"/_blazor/negotiate?negotiateVersion={version}", null, ("Origin", Origin));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        Assert.Equal(["WebSockets", "ServerSentEvents", "LongPolling"], json["availableTransports"]!.AsArray().Select(each => each!["transport"]!.GetValue<string>()));
        return (json["connectionToken"] ?? json["connectionId"])!.GetValue<string>();
    }

    private Task<HttpResponseMessage> AskAsync(RawBrowser browser, HttpMethod method, string id, string? sent = null) =>
        browser.SendAsync(method, Path(id), method == HttpMethod.Post ? new ByteArrayContent(Encoding.UTF8.GetBytes(sent!)) : null, ("Origin", Origin));

    private async Task<ClientWebSocket> OpenAsync(RawBrowser browser, string id)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", browser.Cookies);
        socket.Options.SetRequestHeader("Origin", Origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(console.Address, Path(id))) { Scheme = "ws" }.Uri, Stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Path(string id) => $"/_blazor?id={Uri.EscapeDataString(id)}";
}
