using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FinConsole.Tests.Gateway;

/// <summary>HTTP/1.1 as bytes, for what no client library would send.</summary>
public static class RawHttp
{
    /// <summary>Sends one request on a connection of its own and returns its final status, or 0.</summary>
    /// <param name="server">Where.</param>
    /// <param name="line">Method and request target, as they are sent.</param>
    /// <param name="headers">Header lines beside Host and Connection.</param>
    /// <param name="body">How many bytes of a body are sent, whether the server reads them or not.</param>
    public static async Task<(int Status, string Text)> SendAsync(Uri server, string line, IEnumerable<string> headers, int body = 0)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, Stop);
        var stream = client.GetStream();
        IEnumerable<string> all = ["Host: localhost", "Connection: close", .. headers];
        var head = $"{line} HTTP/1.1\r\n{string.Join("\r\n", all)}\r\n{(body > 0 ? $"Content-Length: {body}\r\n" : "")}\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), Stop);
        var sending = SendBodyAsync(stream, body);
        var text = await ReadAsync(stream);
        client.Close();
        await sending;
        while (text.StartsWith("HTTP/1.1 1", StringComparison.Ordinal))
            text = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        if (!text.StartsWith("HTTP/1.", StringComparison.Ordinal))
            return (0, text);
        return (int.Parse(text.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture), text);
    }

    // A server that refuses may close without reading it all.
    private static async Task SendBodyAsync(NetworkStream stream, int size)
    {
        try
        {
            var piece = new byte[64 * 1024];
            for (var sent = 0; sent < size; sent += piece.Length)
                await stream.WriteAsync(piece.AsMemory(0, Math.Min(piece.Length, size - sent)), Stop);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all, Stop);
        }
        catch (IOException)
        {
            // Reset after the answer, because the body was still on its way.
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }
}
