using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>Where a gateway finds the two servers that it talks to.</summary>
/// <param name="FinConsole">Host and port of FinConsole.</param>
/// <param name="Api">Host and port of the API behind the gateway.</param>
/// <param name="ServiceToken">The service token with which a gateway introspects; unused by forward-auth.</param>
/// <param name="Patient">
/// Whether the gateway waits longer for FinConsole than documented. Where FinConsole is to answer it may, since a machine that runs many
/// tests at once can take seconds for an answer; where FinConsole fails, the documented limits hold.
/// </param>
/// <param name="Issuer">Who issues members' access tokens (<c>iss</c>); for a gateway that verifies them itself.</param>
/// <param name="Audience">What they are for (<c>aud</c>).</param>
public sealed record GatewayPeers(
    string FinConsole, string Api, string ServiceToken = "", bool Patient = false, string Issuer = "", string Audience = "");

/// <summary>
/// A real gateway with the configuration that <c>docs/gateway</c> documents for it. Only the addresses in that file are replaced, so that
/// what is documented is what runs.
/// </summary>
public abstract class GatewayProgram : IAsyncDisposable
{
    private const int Tries = 3;
    // Below the range from which Linux takes ports for outgoing connections.
    private const int FirstPort = 20000;
    private const int LastPort = 32000;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<string> _output = new();
    private DirectoryInfo? _folder;
    private Process? _process;
    private TlsRelay? _relay;

    /// <summary>Where clients connect in cleartext.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Where clients connect with TLS, HTTP/2 included; the certificate is <see cref="TestCertificate"/>.</summary>
    public Uri SecureAddress { get; private set; } = null!;

    /// <summary>The value of <c>Gateway:Headers</c> that the documented configuration needs.</summary>
    public virtual string Headers => "Original";

    /// <summary>How long the documented configuration waits for FinConsole at most.</summary>
    public abstract TimeSpan StatedLimit { get; }

    /// <summary>What the gateway wrote, line by line.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Whether the gateway speaks TLS to FinConsole and nothing else.</summary>
    protected virtual bool AsksByTls => false;

    /// <summary>Files of <c>docs/gateway</c>, the configuration first.</summary>
    protected abstract IReadOnlyList<string> Files { get; }

    /// <summary>Starts a gateway between these two servers; done when it accepts connections.</summary>
    public static async Task<T> StartAsync<T>(GatewayPeers peers)
        where T : GatewayProgram, new()
    {
        for (var number = 1; ; number++)
        {
            var program = new T();
            if (await program.TryStartAsync(peers))
                return program;
            await program.DisposeAsync();
            // Another process may have taken a port meanwhile.
            Assert.True(number < Tries, $"{typeof(T).Name} did not start: {string.Join('\n', program._output)}");
        }
    }

    /// <summary>The text of a documented file.</summary>
    public static string Documented(string file) => File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "gateway", file));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is { HasExited: false })
        {
            // A master takes its workers with it on TERM, not on KILL.
            await Programs.TryAsync("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(LongestEnd);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process?.Dispose();
        _relay?.Dispose();
        _folder?.Delete(recursive: true);
    }

    /// <summary>The command that runs it in the foreground, in this folder.</summary>
    protected abstract (string Program, IReadOnlyList<string> Arguments) Command(string folder);

    /// <summary>Replaces what else is particular to an installation.</summary>
    protected virtual string Adapt(string text, GatewayPeers peers) => text;

    /// <summary>The documented lines that limit the time for FinConsole (regular expressions with the time as group).</summary>
    protected abstract IReadOnlyList<(string Line, string Longer)> Limits { get; }

    /// <summary>The time (500ms, 2s, or 2 for seconds) that the documented file states behind this text, in a section.</summary>
    protected TimeSpan Stated(string before, string section = "")
    {
        var text = Documented(Files[0]);
        var start = text.IndexOf(before, text.IndexOf(section, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(start >= 0, $"{Files[0]} states no {before}");
        var value = new string([.. text[(start + before.Length)..].TrimStart().TakeWhile(char.IsLetterOrDigit)]);
        var number = double.Parse(new string([.. value.TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
        return value.EndsWith("ms", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(number) : TimeSpan.FromSeconds(number);
    }

    private async Task<bool> TryStartAsync(GatewayPeers peers)
    {
        var (port, secure) = (FreePort(), FreePort());
        var folder = (_folder = Directory.CreateTempSubdirectory("finconsole-gateway-")).FullName;
        // Workers run as another user, and write bodies there.
        await Programs.RunAsync("chmod", ["711", folder]);
        await TestCertificate.WriteToAsync(folder);
        if (AsksByTls)
            peers = peers with { FinConsole = (_relay = await TlsRelay.BeforeAsync(peers.FinConsole)).Authority };
        foreach (var file in Files)
        {
            var text = Patiently(Documented(file), peers.Patient)
                .Replace("8080", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("8443", secure.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            text = Adapt(text, peers)
                .Replace("127.0.0.1:5080", peers.FinConsole, StringComparison.Ordinal)
                .Replace("127.0.0.1:9000", peers.Api, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder, file), text, Stop);
        }

        (Address, SecureAddress) = (new Uri($"http://127.0.0.1:{port}"), new Uri($"https://127.0.0.1:{secure}"));
        _process = Start(folder);
        return await AcceptsAsync(port) && await AcceptsAsync(secure);
    }

    private string Patiently(string text, bool patient)
    {
        foreach (var (line, longer) in patient ? Limits : [])
        {
            text = Regex.Replace(text, line, match =>
            {
                var time = match.Groups[1];
                var start = time.Index - match.Index;
                return string.Concat(match.Value.AsSpan(0, start), longer, match.Value.AsSpan(start + time.Length));
            });
        }

        return text;
    }

    private Process Start(string folder)
    {
        var (program, arguments) = Command(folder);
        var start = new ProcessStartInfo(File.Exists("/usr/sbin/" + program) ? "/usr/sbin/" + program : program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["HOME"] = folder;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task<bool> AcceptsAsync(int port)
    {
        while (!_process!.HasExited)
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
            }
        }

        return false;
    }

    /// <summary>A port that nobody listens on.</summary>
    internal static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            // One that holds a documented port would be replaced in its turn.
            if (port.ToString(CultureInfo.InvariantCulture)[1..] is "8080" or "8081" or "8443")
                continue;
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
