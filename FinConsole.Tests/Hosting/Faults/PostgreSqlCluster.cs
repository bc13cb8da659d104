using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>A PostgreSQL server of a test's own, which may be stopped and started; the shared one may not.</summary>
internal sealed class PostgreSqlCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finconsole-cluster-");
    private readonly int _port = FreePort();

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=finconsole;Database=postgres");

    private string Data => Path.Combine(_folder.FullName, "data");

    public static async Task<PostgreSqlCluster> StartNewAsync()
    {
        var cluster = new PostgreSqlCluster();
        // PostgreSQL refuses to run as root.
        if (Environment.IsPrivilegedProcess)
            await Programs.RunAsync("chown", ["postgres", cluster._folder.FullName]);
        await cluster.RunAsync("initdb", "-D", cluster.Data, "-U", "finconsole", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await cluster.StartAsync();
        return cluster;
    }

    public Task StartAsync() => RunAsync(
        "pg_ctl", "-D", Data, "-l", Path.Combine(_folder.FullName, "log"), "-w", "start", "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"));

    /// <summary>At once, as a crash: connections are cut.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await StopAsync();
        _folder.Delete(recursive: true);
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var folder = Directory.EnumerateDirectories("/usr/lib/postgresql").Order().Last();
        string[] command = [Path.Combine(folder, "bin", program), .. arguments];
        if (Environment.IsPrivilegedProcess)
            command = ["runuser", "-u", "postgres", "--", .. command];
        // The server keeps the standard output that it is started with: it goes nowhere.
        // And it runs from where its user may be.
        await Programs.RunAsync("sh", ["-c", "cd \"$0\" && \"$@\" >/dev/null 2>&1", _folder.FullName, .. command]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
