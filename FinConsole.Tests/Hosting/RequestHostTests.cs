using System.Net.Sockets;
using System.Text;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>A page asked for under something that is no host, byte by byte.</summary>
public sealed class RequestHostTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    private static readonly string[] Pages = ["/account/login", "/account/forgot-password", "/docs", "/nowhere", "/_blazor/negotiate"];

    public static TheoryData<string> Bad() => ["", "..", "x:99999", "xn--", new string('a', 256) + ".example", new string('a', 3000)];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Is_refused_as_a_bad_request(string host)
    {
        foreach (var page in Pages)
        {
            var line = await StatusLineAsync($"GET {page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            Assert.True(line.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), $"{page} under {host}: {line}");
        }
    }

    [Fact]
    public async Task An_old_client_without_one_gets_no_page_but_health_checks_are_answered()
    {
        Assert.Contains(" 400 ", await StatusLineAsync("GET /account/login HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await StatusLineAsync("GET /health/live HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await StatusLineAsync("GET /account/login HTTP/1.1\r\nHost: console.example\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    private async Task<string> StatusLineAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(console.Address.Host, console.Address.Port, Stop);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Stop);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync(Stop) ?? "";
    }
}
