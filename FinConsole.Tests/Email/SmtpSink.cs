using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using FinConsole.Tests.Gateway;

namespace FinConsole.Tests.Email;

/// <summary>A mail server (RFC 5321) that keeps each message as it came. It takes everything, unless it is told otherwise.</summary>
internal sealed class SmtpSink : IDisposable
{
    /// <summary>A response that never comes.</summary>
    public const string Silence = "";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _messages = [];
    private readonly List<string> _commands = [];
    private readonly CancellationTokenSource _gone = new();
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _expected;

    public SmtpSink(int expected)
    {
        _expected = expected;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it says it can do, for example <c>STARTTLS</c>.</summary>
    public string[] Capabilities { get; init; } = [];

    /// <summary>Its response to a command, or to a whole message (<c>.</c>); null for the usual one.</summary>
    public Func<string, string?> Responds { get; init; } = _ => null;

    /// <summary>What was said to it, messages apart.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_commands)
                return [.. _commands];
        }
    }

    /// <summary>All messages, once as many have come as are expected.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(CancellationToken cancellationToken)
    {
        await _full.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        return _messages;
    }

    public void Dispose()
    {
        _gone.Cancel();
        _listener.Dispose();
        _gone.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_gone.IsCancellationRequested)
            _ = TalkAsync(await _listener.AcceptTcpClientAsync(_gone.Token), _gone.Token);
    }

    private async Task TalkAsync(TcpClient client, CancellationToken gone)
    {
        using var _ = client;
        Stream stream = client.GetStream();
        await WriteAsync(stream, "220 sink.example ready", gone);
        while (await ReadLineAsync(stream, gone) is { } command)
        {
            lock (_commands)
                _commands.Add(command);
            await WriteAsync(stream, Responds(command) ?? Usual(command), gone);
            if (command == "QUIT")
                return;
            if (command == "STARTTLS")
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(TestCertificate.Showing(), gone);
                stream = secure;
            }
            else if (command == "DATA")
            {
                await TakeAsync(stream, gone);
            }
        }
    }

    private string Usual(string command) => command.Split(' ')[0] switch
    {
        "EHLO" => string.Concat(Capabilities.Select(capability => $"250-{capability}\r\n")) + "250 HELP",
        "AUTH" => "235 welcome",
        "STARTTLS" => "220 go on",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 OK",
    };

    private async Task TakeAsync(Stream stream, CancellationToken gone)
    {
        var message = new StringBuilder();
        while (await ReadLineAsync(stream, gone) is { } line && line != ".")
            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        _messages.Add(message.ToString());
        await WriteAsync(stream, Responds(".") ?? "250 taken", gone);
        if (_messages.Count == _expected)
            _full.TrySetResult();
    }

    private static async Task WriteAsync(Stream stream, string response, CancellationToken gone)
    {
        await Task.Delay(response == Silence ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, gone);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(response + "\r\n"), gone);
    }

    // No reader in between: what it would have read ahead is missing when TLS begins.
    private static async Task<string?> ReadLineAsync(Stream stream, CancellationToken gone)
    {
        var (line, one) = (new List<byte>(), new byte[1]);
        while (await stream.ReadAsync(one, gone) == 1 && one[0] != '\n')
            line.Add(one[0]);
        return line is [.., (byte)'\r'] ? Encoding.UTF8.GetString([.. line[..^1]]) : null;
    }
}
