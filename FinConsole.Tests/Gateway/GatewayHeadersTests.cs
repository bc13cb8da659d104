using System.Net;
using System.Net.Sockets;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>Which headers count for which gateway: one forwards by X-Original-*, another, at 127.0.0.2, by X-Forwarded-*.</summary>
public sealed class GatewayHeadersTests(GatewayHeadersTests.Console console) : IClassFixture<GatewayHeadersTests.Console>
{
    private const string Allowed = "/v1/accounts";
    private const string Denied = "/v1/payments";

    public sealed class Console : ApiConsole
    {
        public HttpClient Second { get; private set; } = null!;

        public string Token { get; private set; } = "";

        protected override IEnumerable<(string Name, string Value)> Settings =>
        [
            ("RateLimits:PerTokenPerMinute", "0"), ("RateLimits:PerTenantPerMinute", "0"), ("Gateway:Trusted:0", "127.0.0.1"),
            ("Gateway:Gateways:0:Networks:0", "127.0.0.2/32"), ("Gateway:Gateways:0:Headers", "Forwarded"),
        ];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Second = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = Address };
            Token = (await MakeTokenAsync("Accounts alone", "read:accounts")).Secret.Reveal();
        }

        public override async ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            Second.Dispose();
            await base.DisposeAsync();
        }

        private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
    }

    [Theory]
    [InlineData("X-Original-URI: /v1/accounts | X-Original-Method: GET", true, false)]
    [InlineData("X-Original-URL: /v1/accounts | X-Original-Method: GET", true, false)]
    [InlineData("X-Original-URL: https://api.example/v1/accounts?x=1 | X-Original-Method: GET", true, false)]
    [InlineData("X-Forwarded-Uri: /v1/accounts | X-Forwarded-Method: GET", false, true)]
    [InlineData("X-Original-URI: /v1/accounts | X-Forwarded-Method: GET", false, false)]
    [InlineData("X-Forwarded-Uri: /v1/accounts | X-Original-Method: GET", false, false)]
    [InlineData("X-Original-URI: /v1/accounts", false, false)]
    [InlineData("X-Original-Method: GET", false, false)]
    public async Task A_gateway_is_heard_by_its_own_pair_alone(string headers, bool first, bool second)
    {
        Assert.Equal((first, second), (await IsAllowedAsync(console.Api, Parse(headers)), await IsAllowedAsync(console.Second, Parse(headers))));
    }

    [Theory]
    [InlineData("X-Original-URL", "https://api.example/v1/accounts")]
    [InlineData("X-Original-URL", "/v1/accounts")]
    [InlineData("X-Forwarded-Uri", "/v1/accounts")]
    [InlineData("X-Original-URI", "/v1/accounts")]
    [InlineData("X-Forwarded-Method", "GET")]
    [InlineData("X-Original-Method", "GET")]
    public async Task Another_header_that_says_the_same_does_no_harm(string name, string value)
    {
        foreach (var (gateway, own) in Gateways())
            Assert.True(await IsAllowedAsync(gateway, [.. own.Where(header => header.Name != name), (name, value)]), $"{own[0].Name} beside {name}");
    }

    [Theory]
    [InlineData("X-Original-URI", Denied)]
    [InlineData("X-Original-URL", "https://api.example" + Denied)]
    [InlineData("X-Original-URL", Allowed + "?x=1")]
    [InlineData("X-Original-URL", "https://user@api.example" + Allowed)]
    [InlineData("X-Forwarded-Uri", Denied)]
    [InlineData("X-Forwarded-Uri", "")]
    [InlineData("X-Original-Method", "POST")]
    [InlineData("X-Original-Method", "get")]
    [InlineData("X-Forwarded-Method", "POST")]
    [InlineData("X-Forwarded-Method", "")]
    public async Task Another_header_that_says_something_else_is_refused(string name, string value)
    {
        foreach (var (gateway, own) in Gateways().Where(each => each.Own.All(header => header.Name != name)))
            Assert.False(await IsAllowedAsync(gateway, [.. own, (name, value)]), $"{own[0].Name} beside {name}: {value}");
    }

    [Fact]
    public async Task A_header_that_is_there_twice_is_refused_and_the_other_pair_takes_no_place()
    {
        foreach (var (gateway, own) in Gateways())
        {
            var other = Gateways().Single(each => each.Gateway != gateway).Own;
            foreach (var twice in own.Concat(other))
            {
                Assert.False(await IsAllowedAsync(gateway, [.. own, twice, twice]), $"{own[0].Name}, and {twice.Name} twice");
                Assert.False(await IsAllowedAsync(gateway, [.. own.Where(header => header.Name != twice.Name), twice, twice, .. other.Where(header => header.Name != twice.Name)]), $"{twice.Name} twice beside the other pair");
            }
        }
    }

    private (HttpClient Gateway, (string Name, string Value)[] Own)[] Gateways() =>
    [
        (console.Api, [("X-Original-URI", Allowed), ("X-Original-Method", "GET")]),
        (console.Second, [("X-Forwarded-Uri", Allowed), ("X-Forwarded-Method", "GET")]),
    ];

    private static (string Name, string Value)[] Parse(string headers) =>
        [.. headers.Split(" | ").Select(header => header.Split(": ")).Select(parts => (parts[0], parts[1]))];

    private async Task<bool> IsAllowedAsync(HttpClient gateway, (string Name, string Value)[] headers)
    {
        using var answer = await gateway.SendAsync(ApiConsole.Get("/api/v1/authorize", [.. headers, ("X-Auth-Token", console.Token)]), Stop);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Forbidden, answer.StatusCode.ToString());
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
