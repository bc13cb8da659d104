using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FinConsole.Tests.Email;

/// <summary>A mail server that takes everything (RFC 5321) and keeps each message as it came.</summary>
internal sealed class SmtpSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _messages = [];
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
        {
            using var client = await _listener.AcceptTcpClientAsync(_gone.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink.example ready");
            while (await reader.ReadLineAsync(_gone.Token) is { } command && await RespondAsync(command, reader, writer))
            {
            }
        }
    }

    private async Task<bool> RespondAsync(string command, StreamReader reader, StreamWriter writer)
    {
        if (command.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
        {
            await writer.WriteLineAsync("221 bye");
            return false;
        }

        if (!command.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
        {
            await writer.WriteLineAsync("250 OK");
            return true;
        }

        await writer.WriteLineAsync("354 go on");
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(_gone.Token) is { } line && line != ".")
            message.Append(line).Append("\r\n");
        await writer.WriteLineAsync("250 taken");
        _messages.Add(message.ToString());
        if (_messages.Count == _expected)
            _full.TrySetResult();
        return true;
    }
}
