using System.Net;
using System.Net.Sockets;
using System.Text;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Account;

/// <summary>Posts that are no form that could be read: each is refused as the client's fault, with the headers that every response has.</summary>
public sealed class MalformedFormTests(MalformedFormTests.Console console) : IClassFixture<MalformedFormTests.Console>
{
    private const string Multipart = "multipart/form-data; boundary=x";

    // What a part may say of itself. The framework throws on UTF-7, and writes a file to disk.
    private static readonly string[] Parts =
    [
        "Content-Type: text/plain; charset=utf-7", "Content-Type: text/plain; charset=\"utf-7\"", "Content-Type: text/plain; charset=unicode-1-1-utf-7", "Content-Type: text/plain; charset=bogus",
        "Content-Type: text/plain; charset=utf-16", "Content-Type: ;;", "Content-Transfer-Encoding: bogus", "Content-Type: text/plain",
    ];

    /// <summary>On a port of its own: what Kestrel answers by itself shows there alone.</summary>
    public sealed class Console : ApiConsole;

    private List<string> Pages =>
    [
        .. console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && endpoint.RoutePattern.Parameters.Count == 0)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct(),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_multipart_form_is_415_on_every_page_whatever_its_parts_say(bool signedIn)
    {
        using var browser = new RawBrowser(console.Address);
        if (signedIn)
            await browser.SignInAsync(console.Tenant.Admin);
        foreach (var page in Pages)
        {
            foreach (var body in Parts.Select(part => Part("Form.Email", part)).Append(Part("file\"; filename=\"a", Parts[0])).Append("").Append("--x"))
                await AssertRefusedAsync(browser, page, Multipart, body, HttpStatusCode.UnsupportedMediaType);
            foreach (var type in new[] { "multipart/form-data", "Multipart/Form-Data; boundary=\"x\"", $"multipart/form-data; boundary={new string('x', 200)}" })
                await AssertRefusedAsync(browser, page, type, Part("a", Parts[0]), HttpStatusCode.UnsupportedMediaType);
        }
    }

    [Fact]
    public async Task A_page_that_is_closed_ends_its_circuit_by_a_multipart_form_and_a_broken_one_is_refused()
    {
        using var browser = new RawBrowser(console.Address);
        await browser.SignInAsync(console.Tenant.Admin);

        foreach (var part in Parts)
            await AssertRefusedAsync(browser, ConsoleUrls.Circuits + "/disconnect", Multipart, Part("circuitId", part), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("a=b&", 1100)]
    [InlineData("a", 5000)]
    public async Task A_form_beyond_a_limit_is_400_for_a_stranger(string piece, int times)
    {
        using var browser = new RawBrowser(console.Address);
        foreach (var page in new[] { ConsoleUrls.Login, ConsoleUrls.ForgotPassword, ConsoleUrls.AcceptInvitation, ConsoleUrls.ResetPassword, ConsoleUrls.NotFound, ConsoleUrls.Error })
            await AssertRefusedAsync(browser, page, "application/x-www-form-urlencoded", string.Concat(Enumerable.Repeat(piece, times)), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("Content-Length: 40000000", "", 413)]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked", "ffffffffffffffff\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked", "1\r\nabcd", 400)]
    public async Task A_form_that_is_not_whole_is_refused_for_a_stranger(string length, string body, int expected)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(console.Address.Host, console.Address.Port, Stop);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {ConsoleUrls.Login} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n{body}"), Stop);
        using var reader = new StreamReader(stream, Encoding.ASCII);

        var head = new StringBuilder();
        while (await reader.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Stop) is { Length: > 0 } line)
            head.AppendLine(line);

        Assert.StartsWith($"HTTP/1.1 {expected} ", head.ToString(), StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: ", head.ToString(), StringComparison.Ordinal);
    }

    private static string Part(string name, string header) => $"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n{header}\r\n\r\nvalue\r\n--x--\r\n";

    private static async Task AssertRefusedAsync(RawBrowser browser, string page, string type, string body, HttpStatusCode expected)
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await browser.SendAsync(HttpMethod.Post, page, content, ("Sec-Fetch-Site", "same-origin"));
        Assert.True(answer.StatusCode == expected, $"{page} {type} {body[..Math.Min(100, body.Length)]}: {answer.StatusCode}");
        Assert.True(answer.Headers.Contains("Content-Security-Policy") && answer.Headers.Contains("X-Content-Type-Options"), $"{page}: {answer.Headers}");
    }
}
