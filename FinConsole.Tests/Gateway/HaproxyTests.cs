using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>docs/gateway/haproxy.cfg and finconsole.lua as they stand.</summary>
public sealed class HaproxyTests(GatewayFixture<HaproxyProgram> gateway) : ForwardAuthMatrix<HaproxyProgram>(gateway), IClassFixture<GatewayFixture<HaproxyProgram>>
{
    private readonly GatewayFixture<HaproxyProgram> _gateway = gateway;

    [Theory]
    [InlineData("POST", "2\r\nab\r\n0\r\nX-Tenant-Id: evil\r\n\r\n")]
    [InlineData("POST", "0\r\nX-Tenant-Id: evil\r\n\r\n")]
    [InlineData("GET", "0\r\nX-Tenant-Id: evil\r\n\r\n")]
    [InlineData("POST", "2\r\nab\r\n0\r\n\r\n")]
    public async Task Lets_no_trailer_through_that_could_name_a_tenant(string method, string chunks)
    {
        var token = (await _gateway.Console.MakeTokenAsync($"Trailers {method} {chunks.Length}", "read:*", "write:*")).Secret.Reveal();
        var reached = _gateway.Api.Reached;
        using var client = new TcpClient();
        await client.ConnectAsync(_gateway.Program.Address.Host, _gateway.Program.Address.Port, Stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"{method} /v1/payments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Auth-Token: {token}\r\nTrailer: X-Tenant-Id\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"), Stop);

        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(Stop).WaitAsync(TimeSpan.FromSeconds(20), Stop);

        Assert.StartsWith("HTTP/1.1 411 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"length_required\"", answer, StringComparison.Ordinal);
        Assert.Equal(reached, _gateway.Api.Reached);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.LengthRequired)]
    public async Task Takes_a_body_over_HTTP_2_whose_length_is_stated_and_no_other(bool stated, HttpStatusCode expected)
    {
        var token = (await _gateway.Console.MakeTokenAsync($"HTTP/2 {stated}", "write:*")).Secret.Reveal();
        using var client = GatewayFixture<HaproxyProgram>.ClientOf(_gateway.Program);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_gateway.Program.SecureAddress, "/v1/payments"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = stated ? new StringContent("{}") : new Unmeasured(),
        };
        request.Headers.Add("X-Auth-Token", token);

        using var answer = await client.SendAsync(request, Stop);

        Assert.Equal((HttpVersion.Version20, expected), (answer.Version, answer.StatusCode));
    }

    private sealed class Unmeasured : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync("{}"u8.ToArray(), Stop).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
