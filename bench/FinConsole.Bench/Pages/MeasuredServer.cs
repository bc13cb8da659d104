using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FinConsole.Bench.Pages;

/// <summary>A published program as a process of its own, on HTTPS. Disposing ends it.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);

    private readonly string _socket;
    private readonly StringBuilder _output = new();
    private bool _ended;

    private MeasuredServer(Process process, string socket, Uri address) => (Process, _socket, Address) = (process, socket, address);

    public Process Process { get; }

    public Uri Address { get; }

    /// <summary>All that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>From the process's beginning to the whole of its first page.</summary>
    public TimeSpan FirstPage { get; private set; }

    /// <summary>What it then had in memory.</summary>
    public double Megabytes { get; private set; }

    /// <summary>Starts it, and asks for a page as soon as it listens.</summary>
    /// <param name="program">The published assembly.</param>
    /// <param name="settings">Its environment.</param>
    /// <param name="page">The first page.</param>
    /// <param name="cookie">Who asks.</param>
    public static async Task<MeasuredServer> StartAsync(string program, IReadOnlyDictionary<string, string> settings, string page, string? cookie)
    {
        var address = new Uri($"https://127.0.0.1:{FreePort()}");
        var socket = Path.Combine(Path.GetTempPath(), $"fc-heap-{Environment.ProcessId}-{Stopwatch.GetTimestamp()}");
        var start = new ProcessStartInfo("dotnet", [program]) { WorkingDirectory = Path.GetDirectoryName(program), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        // The console's circuits open for the origins that it knows alone; the template has no such setting.
        start.Environment["Console__AllowedOrigins__0"] = address.GetLeftPart(UriPartial.Authority);
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(MeasuredServer).Assembly.Location;
        start.Environment[StartupHook.SocketVariable] = socket;

        using var client = PageClient.New(address, cookie);
        var watch = Stopwatch.StartNew();
        var server = new MeasuredServer(Process.Start(start)!, socket, address);
        server.Hear();
        await server.ListeningAsync(watch);
        using (var answer = await client.GetAsync(page))
        {
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        }

        server.FirstPage = watch.Elapsed;
        server.Megabytes = server.ResidentMegabytes();
        return server;
    }

    /// <summary>The live heap in bytes after full collections, and how many circuits there are.</summary>
    public async Task<(long Heap, long Circuits)> AskAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket));
        var buffer = new byte[100];
        var read = await socket.ReceiveAsync(buffer);
        var parts = Encoding.ASCII.GetString(buffer, 0, read).Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public double ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{Process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
            return;
        _ended = true;
        Process.Kill();
        await Process.WaitForExitAsync();
        Process.Dispose();
        File.Delete(_socket);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Read all along: a full pipe would hold the program up.
    private void Hear()
    {
        Process.OutputDataReceived += (_, line) => Note(line.Data);
        Process.ErrorDataReceived += (_, line) => Note(line.Data);
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    private void Note(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    private async Task ListeningAsync(Stopwatch watch)
    {
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(Address.Host, Address.Port);
                return;
            }
            catch (SocketException)
            {
                if (Process.HasExited || watch.Elapsed > LongestStart)
                    throw new InvalidOperationException($"The program did not start:\n{Output}");
                await Task.Delay(2);
            }
        }
    }
}
