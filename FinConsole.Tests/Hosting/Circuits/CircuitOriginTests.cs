using System.Net;
using System.Net.WebSockets;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Hosting.Circuits;

/// <summary>From which pages a circuit's connection is taken, transport by transport, with a member's cookie.</summary>
public sealed class CircuitOriginTests(CircuitOriginTests.Console console) : IClassFixture<CircuitOriginTests.Console>, IAsyncLifetime
{
    private const string PublicOrigin = "https://console.example:8443";
    private const string AllowedOrigin = "https://admin.bücher.example";
    private static readonly (string, string) Json = ("Accept", "application/json");

    // What each transport asks for, and what may be answered when the origin is right.
    private static readonly Dictionary<string, (HttpMethod Method, string Path, (string, string)[] Headers)> Transports = new()
    {
        ["initializers"] = (HttpMethod.Get, "/_blazor/initializers", [Json]),
        ["negotiation"] = (HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", []),
        ["web socket"] = (HttpMethod.Get, "/_blazor", Upgrade),
        ["web socket on a path with a slash"] = (HttpMethod.Get, "/_blazor/", Upgrade),
        ["web socket on a path in capitals"] = (HttpMethod.Get, "/_BLAZOR", Upgrade),
        ["long polling"] = (HttpMethod.Get, "/_blazor?id=nobody", []),
        ["sending"] = (HttpMethod.Post, "/_blazor?id=nobody", []),
        ["ending"] = (HttpMethod.Delete, "/_blazor?id=nobody", []),
        ["server-sent events"] = (HttpMethod.Get, "/_blazor?id=nobody", [("Accept", "text/event-stream")]),
        ["disconnection"] = (HttpMethod.Post, "/_blazor/disconnect", []),
        ["preflight"] = (HttpMethod.Options, "/_blazor/negotiate", [("Access-Control-Request-Method", "POST")]),
    };

    private readonly RawBrowser _browser = new(console.Address);

    private static (string, string)[] Upgrade =>
        [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")];

    private int Port => console.Address.Port;

    public static TheoryData<string> AllTransports() => [.. Transports.Keys];

    public async ValueTask InitializeAsync() => await _browser.SignInAsync(console.Tenant.Developer);

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(AllTransports))]
    public async Task Refuses_every_other_origin_in_every_transport(string transport)
    {
        string[] others =
        [
            $"http://localhost:{Port + 1}", $"http://127.0.0.1:{Port + 1}", "http://localhost", $"https://localhost:{Port}", $"http://localhost:{Port}.evil.example",
            $"http://localhost.evil.example:{Port}", $"http://evil.localhost:{Port}", $"http://localhost:{Port}/", "https://console.example", "http://console.example:8443",
            "https://sibling.console.example:8443", "https://console.example:8443, https://evil.example", "https://evil.example", "null", "file://", "", $"http://localhost:{Port}@evil.example",
        ];
        foreach (var other in others)
            Assert.Equal((other, HttpStatusCode.Forbidden), (other, await AskAsync(transport, ("Origin", other), ("Sec-Fetch-Site", "same-site"))));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(transport, ("Origin", $"http://localhost:{Port}"), ("Origin", "https://evil.example")));
    }

    [Fact]
    public async Task A_refusal_is_logged_with_its_origin()
    {
        await AskAsync("negotiation", ("Origin", "https://second-address.example"));

        Assert.Contains(console.Logs.Entries, entry => entry.Level == LogLevel.Warning && entry.Message.Contains("Console:AllowedOrigins", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllTransports))]
    public async Task Takes_the_public_address_an_allowed_origin_and_in_development_the_address_listened_on(string transport)
    {
        foreach (var own in new[] { PublicOrigin, "https://admin.xn--bcher-kva.example", $"http://localhost:{Port}", $"http://127.0.0.1:{Port}", $"http://[::1]:{Port}" })
            Assert.NotEqual((own, HttpStatusCode.Forbidden), (own, await AskAsync(transport, ("Origin", own))));
    }

    [Theory]
    [MemberData(nameof(AllTransports))]
    public async Task Without_an_origin_takes_only_what_browsers_send_without_one(string transport)
    {
        var reads = Transports[transport].Method == HttpMethod.Get && !transport.StartsWith("web socket", StringComparison.Ordinal);

        Assert.Equal(!reads, await AskAsync(transport) == HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(transport, ("Origin", "null")));
        foreach (var site in new[] { "cross-site", "same-site" })
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(transport, ("Sec-Fetch-Site", site)));
    }

    [Fact]
    public async Task Takes_what_a_page_of_its_own_sends_with_an_opaque_origin_but_opens_no_web_socket_for_it()
    {
        // What the Fetch standard has browsers send for a beacon under Referrer-Policy: no-referrer.
        Assert.NotEqual(HttpStatusCode.Forbidden, await AskAsync("disconnection", ("Origin", "null"), ("Sec-Fetch-Site", "same-origin")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync("disconnection", ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync("web socket", ("Origin", "null"), ("Sec-Fetch-Site", "same-origin")));
    }

    [Fact]
    public async Task Opens_a_web_socket_from_the_public_address_and_from_nowhere_else()
    {
        using var permission = await OpenAsync(PublicOrigin);
        Assert.Equal(WebSocketState.Open, permission.State);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync("https://evil.example"));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_note_of_a_person_from_its_own_pages_alone()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await _browser.SendAsync(HttpMethod.Post, "/account/session", null, ("Origin", PublicOrigin))).StatusCode);
        foreach (var header in new[] { ("Origin", "https://evil.example"), ("Origin", $"http://localhost:{Port + 1}"), ("Sec-Fetch-Site", "same-site"), ("Origin", "null") })
            Assert.Equal(HttpStatusCode.Forbidden, (await _browser.SendAsync(HttpMethod.Post, "/account/session", null, header)).StatusCode);
    }

    private async Task<HttpStatusCode> AskAsync(string transport, params (string, string)[] headers)
    {
        var (method, path, own) = Transports[transport];
        using var response = await _browser.SendAsync(method, path, null, [.. own, .. headers]);
        return response.StatusCode;
    }

    private async Task<ClientWebSocket> OpenAsync(string origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", _browser.Cookies);
        socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(console.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A console with a public address and an allowed one.</summary>
    public sealed class Console : ApiConsole
    {
        public CollectedLogs Logs { get; } = new();

        protected override IEnumerable<(string Name, string Value)> Settings => [("Console:PublicUrl", PublicOrigin), ("Console:AllowedOrigins:0", AllowedOrigin)];

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<ILoggerProvider>(Logs));
        }
    }
}
