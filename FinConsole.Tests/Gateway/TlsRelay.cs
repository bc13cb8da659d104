using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace FinConsole.Tests.Gateway;

/// <summary>TLS in front of a server that speaks cleartext, as in an installation where FinConsole has a certificate.</summary>
public sealed class TlsRelay : IDisposable
{
    private readonly TcpListener? _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly string _server;

    private TlsRelay(string server, TcpListener? listener)
    {
        (_server, _listener) = (server, listener);
        Authority = listener?.LocalEndpoint.ToString() ?? server;
    }

    /// <summary>Host and port to connect to.</summary>
    public string Authority { get; }

    /// <summary>Starts one before a server; where that refuses connections, it is its own address that refuses.</summary>
    public static async Task<TlsRelay> BeforeAsync(string server)
    {
        try
        {
            using var probe = await ConnectAsync(server, Stop);
        }
        catch (SocketException)
        {
            return new TlsRelay(server, null);
        }

        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var relay = new TlsRelay(server, listener);
        _ = relay.AcceptAsync(listener);
        return relay;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener?.Dispose();
        _stop.Dispose();
    }

    private static async Task<TcpClient> ConnectAsync(string server, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        try
        {
            var address = IPEndPoint.Parse(server);
            await client.ConnectAsync(address, cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        var stop = _stop.Token;
        try
        {
            while (true)
                _ = RelayAsync(await listener.AcceptTcpClientAsync(stop), stop);
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    // Whichever side ends, both are closed.
    private async Task RelayAsync(TcpClient client, CancellationToken stop)
    {
        using var closing = client;
        try
        {
            using var server = await ConnectAsync(_server, stop);
            await using var outer = new SslStream(client.GetStream());
            await outer.AuthenticateAsServerAsync(TestCertificate.Showing(), stop);
            var inner = server.GetStream();
            await await Task.WhenAny(outer.CopyToAsync(inner, stop), inner.CopyToAsync(outer, stop));
        }
        catch (Exception ended) when (ended is IOException or SocketException or AuthenticationException
            or OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}
