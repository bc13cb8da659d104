using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace FinConsole.Tests.Gateway;

/// <summary>A port that nobody listens on: connections to it are refused, and nobody else can take it.</summary>
public sealed class RefusingPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RefusingPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>Host and port.</summary>
    public string Authority => _socket.LocalEndPoint!.ToString()!;

    public void Dispose() => _socket.Dispose();
}

/// <summary>A server that accepts connections and never answers.</summary>
public sealed class HangingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    // The kernel accepts; nobody reads.
    public HangingServer() => _listener.Start();

    /// <summary>Host and port.</summary>
    public string Authority => _listener.LocalEndpoint.ToString()!;

    public void Dispose() => _listener.Dispose();
}

/// <summary>What stands where FinConsole does, and notes what it is asked: to make answers that FinConsole never gives.</summary>
public sealed class StandInConsole : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _asked = new();

    private StandInConsole(WebApplication app, string authority) => (_app, Authority) = (app, authority);

    /// <summary>Host and port.</summary>
    public string Authority { get; }

    /// <summary>Request line and headers of each request, as one text.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>How many bytes of bodies it was sent.</summary>
    public long Bodies { get; private set; }

    /// <summary>Starts one that answers everything with this status; 200 with the identity of a caller.</summary>
    public static async Task<StandInConsole> StartAsync(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => options.Limits.MaxRequestHeadersTotalSize = 128 * 1024);
        var app = builder.Build();
        StandInConsole? console = null;
        app.Run(http => console!.RespondAsync(http, status));
        await app.StartAsync(Stop);
        console = new StandInConsole(app, new Uri(app.Urls.Single()).Authority);
        return console;
    }

    /// <summary>Closes every connection and listens no more.</summary>
    public Task GoDownAsync() => _app.StopAsync(new CancellationToken(canceled: true));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task RespondAsync(HttpContext http, int status)
    {
        var lines = http.Request.Headers.Select(header => $"{header.Key}: {header.Value}");
        _asked.Enqueue($"{http.Request.Method} {http.Features.Get<IHttpRequestFeature>()!.RawTarget}\n{string.Join('\n', lines)}");
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var introspects = http.Request.Path.Value!.EndsWith("/introspect", StringComparison.Ordinal);
        Bodies += introspects ? 0 : body.Length;
        http.Response.StatusCode = status;
        if (status is StatusCodes.Status302Found)
            http.Response.Headers.Location = "/account/login";
        if (status != StatusCodes.Status200OK)
            return;
        foreach (var (name, value) in Identity)
            http.Response.Headers[name] = value;
        if (introspects)
            await http.Response.WriteAsJsonAsync(Claims);
    }

    private static readonly Dictionary<string, string> Identity = new()
    {
        ["X-Tenant-Id"] = "tenant",
        ["X-Token-Id"] = "token",
        ["X-Cashier-Id"] = "cashier",
        ["X-Token-Scopes"] = "read:* write:*",
        ["X-Environment"] = "production",
    };

    private static readonly Dictionary<string, object> Claims = new()
    {
        ["active"] = true,
        ["sub"] = "cashier",
        ["tid"] = "tenant",
        ["cashier"] = "cashier",
        ["scope"] = "read:* write:*",
        ["token_id"] = "token",
        ["environment"] = "production",
        ["exp"] = 4102444800L,
    };
}
