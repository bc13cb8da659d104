using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FinConsole.Tests.Fixtures;

/// <summary>A response as it was sent.</summary>
/// <param name="Status">Zero where the connection ended without a response.</param>
/// <param name="Head">The status line and the header lines.</param>
/// <param name="Body">As Latin-1.</param>
public sealed record RawResponse(int Status, string Head, string Body)
{
    /// <summary>The value of a header; null where it is missing.</summary>
    public string? Header(string name) =>
        Head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}

/// <summary>Sends requests of HTTP/1.1 byte by byte, one after the other, on a connection that is kept as long as the server keeps it.</summary>
public sealed class RawConnection(Uri server) : IDisposable
{
    private readonly byte[] _buffer = new byte[32 * 1024];
    private TcpClient? _client;
    private int _start;
    private int _end;

    public void Dispose() => _client?.Dispose();

    /// <summary>Sends a request without a body.</summary>
    /// <param name="line">Method and request target, as Latin-1.</param>
    /// <param name="headers">Header lines beside Host.</param>
    public async Task<RawResponse> SendAsync(string line, params IReadOnlyList<string> headers)
    {
        var request = Encoding.Latin1.GetBytes($"{line} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");
        var kept = _client is not null;
        var answer = await TryAsync(request, line);
        // A server may end a kept connection at any moment; the request was not read then.
        return answer.Status == 0 && kept ? await TryAsync(request, line) : answer;
    }

    private async Task<RawResponse> TryAsync(byte[] request, string line)
    {
        try
        {
            if (_client is null)
            {
                _client = new TcpClient { NoDelay = true };
                await _client.ConnectAsync(server.Host, server.Port, Stop);
                (_start, _end) = (0, 0);
            }

            await _client.GetStream().WriteAsync(request, Stop);
            var answer = await ReadAsync(line.StartsWith("HEAD ", StringComparison.Ordinal));
            if (answer.Status == 0 || string.Equals(answer.Header("Connection"), "close", StringComparison.OrdinalIgnoreCase))
                Close();
            return answer;
        }
        catch (IOException)
        {
            Close();
            return new RawResponse(0, "", "");
        }
    }

    private void Close()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task<RawResponse> ReadAsync(bool head)
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is { } next && (next.Length > 0 || lines.Count == 0))
            lines.Add(next);
        if (lines.Count == 0 || !lines[0].StartsWith("HTTP/1.", StringComparison.Ordinal))
            return new RawResponse(0, "", "");
        var answer = new RawResponse(int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture), string.Join("\r\n", lines), "");
        if (answer.Status == 100)
            return await ReadAsync(head);
        return head || answer.Status is 204 or 304 ? answer : answer with { Body = await ReadBodyAsync(answer) };
    }

    private async Task<string> ReadBodyAsync(RawResponse answer)
    {
        if (answer.Header("Content-Length") is { } length)
            return await ReadAsync(int.Parse(length, CultureInfo.InvariantCulture));
        var all = new StringBuilder();
        if (answer.Header("Transfer-Encoding") is null)
        {
            while (_start < _end || await FillAsync())
                all.Append(await ReadAsync(_end - _start));
            Close();
            return all.ToString();
        }

        while (await ReadLineAsync() is { } size)
        {
            var count = int.Parse(size.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            all.Append(await ReadAsync(count));
            await ReadLineAsync();
            if (count == 0)
                break;
        }

        return all.ToString();
    }

    private async Task<string> ReadAsync(int count)
    {
        var text = new StringBuilder(count);
        while (text.Length < count && (_start < _end || await FillAsync()))
        {
            var taken = Math.Min(count - text.Length, _end - _start);
            text.Append(Encoding.Latin1.GetString(_buffer, _start, taken));
            _start += taken;
        }

        return text.ToString();
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (_start < _end || await FillAsync())
        {
            var character = (char)_buffer[_start++];
            if (character == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append(character);
        }

        return line.Length == 0 ? null : line.ToString();
    }

    private async Task<bool> FillAsync()
    {
        (_start, _end) = (0, await _client!.GetStream().ReadAsync(_buffer, Stop));
        return _end > 0;
    }
}
