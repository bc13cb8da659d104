using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>A gateway that runs, and where it listens in cleartext.</summary>
internal sealed record TargetGateway(Uri Address, Process Process, DirectoryInfo Folder) : IAsyncDisposable
{
    /// <summary>Starts real nginx with <c>docs/gateway/nginx.conf</c> as it stands, but for the addresses and without TLS.</summary>
    /// <param name="finConsole">Host and port of FinConsole.</param>
    /// <param name="api">Host and port of the API.</param>
    public static async Task<TargetGateway> StartNginxAsync(string finConsole, string api)
    {
        var folder = Directory.CreateTempSubdirectory("finconsole-targets-");
        var port = FreePort();
        var lines = await File.ReadAllLinesAsync(Path.Combine(SourceTree.Root, "docs", "gateway", "nginx.conf"), Stop);
        var text = string.Join('\n', lines.Where(line => !line.Contains("ssl", StringComparison.Ordinal)))
            .Replace("listen 8080", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port}"), StringComparison.Ordinal)
            .Replace("127.0.0.1:5080", finConsole, StringComparison.Ordinal)
            .Replace("127.0.0.1:9000", api, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), text, Stop);
        var program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        var process = Process.Start(program, ["-p", folder.FullName, "-c", "nginx.conf", "-g", "daemon off;"]);
        while (!await AcceptsAsync(port))
            Assert.False(process.HasExited, "nginx ended.");
        return new TargetGateway(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), process, folder);
    }

    public async ValueTask DisposeAsync()
    {
        // The master takes its workers with it on TERM, not on KILL.
        await Programs.RunAsync("kill", ["-TERM", Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await Process.WaitForExitAsync(CancellationToken.None);
        Process.Dispose();
        Folder.Delete(recursive: true);
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, Stop);
            return true;
        }
        catch (SocketException)
        {
            await Task.Delay(20, Stop);
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
