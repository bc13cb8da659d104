using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>Real nginx with the documented configuration, between a client and an API that answers what it was told of the caller.</summary>
public sealed class NginxGateway : IAsyncLifetime
{
    public const int PerToken = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finconsole-nginx-");
    private WebApplication? _api;
    private Process? _nginx;

    public GuardedConsole Console { get; } = new();

    /// <summary>What the outside world talks to.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>How many requests came through to the API.</summary>
    public int Reached { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Console.InitializeAsync();
        _api = await ServeApiAsync();
        var port = FreePort();
        var text = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "gateway", "nginx.conf"), Stop);
        text = text.Replace("listen 8080", $"listen 127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("127.0.0.1:5080", $"127.0.0.1:{Console.Address.Port}", StringComparison.Ordinal)
            .Replace("127.0.0.1:9000", new Uri(_api.Urls.Single()).Authority, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "nginx.conf"), text, Stop);
        var program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        _nginx = Process.Start(program, ["-p", _folder.FullName, "-c", "nginx.conf", "-g", "daemon off;"]);
        await ConnectAsync(port);
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // The master takes its workers with it on TERM, not on KILL.
        await Programs.RunAsync("kill", ["-TERM", _nginx!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _nginx.WaitForExitAsync(CancellationToken.None);
        _nginx.Dispose();
        await _api!.DisposeAsync();
        await Console.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // Answers every header that it got, one a line, and the body behind them.
    private async Task<WebApplication> ServeApiAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            Reached++;
            using var body = new StreamReader(http.Request.Body);
            var headers = http.Request.Headers.Select(header => $"{header.Key}: {header.Value}");
            await http.Response.WriteAsync($"{http.Request.Method} {http.Request.Path}\n{string.Join('\n', headers)}\n\n{await body.ReadToEndAsync()}");
        });
        await app.StartAsync(Stop);
        return app;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ConnectAsync(int port)
    {
        while (true)
        {
            Assert.False(_nginx!.HasExited, "nginx ended.");
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, Stop);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, Stop);
            }
        }
    }

    /// <summary>Asked by nginx on this machine.</summary>
    public sealed class GuardedConsole : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
            [("RateLimits:PerTokenPerMinute", PerToken.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Gateway:Trusted:0", "127.0.0.1")];
    }
}
