using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace FinConsole.Tests.Gateway;

/// <summary>A request as the API behind a gateway got it.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Its request target, as it was sent.</param>
/// <param name="Headers">Every header line.</param>
/// <param name="Body">How many bytes of a body arrived.</param>
public sealed record ApiRequest(string Method, string Target, IReadOnlyList<string> Headers, long Body)
{
    /// <summary>The value of a header; null where it is missing.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}

/// <summary>
/// The API behind a gateway. Notes what reaches it, and answers with the headers that it got and the body behind them;
/// <c>…/status-502</c> with that status and <see cref="OwnWords"/>, <c>…/break-off</c> by breaking off after the work is done, and
/// <c>…/socket</c> as a WebSocket that echoes one message.
/// </summary>
public sealed class GatewayApi : IAsyncDisposable
{
    public const string OwnWords = "The API's own words.";
    private const int LongestLine = 64 * 1024;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ApiRequest> _requests = new();

    private GatewayApi(WebApplication app) => _app = app;

    /// <summary>What reached it so far.</summary>
    public IReadOnlyCollection<ApiRequest> Requests => _requests;

    /// <summary>How many requests came through.</summary>
    public int Reached => _requests.Count;

    /// <summary>Host and port.</summary>
    public string Authority => new Uri(_app.Urls.Single()).Authority;

    public static async Task<GatewayApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestLineSize = LongestLine;
            options.Limits.MaxRequestHeadersTotalSize = LongestLine;
            options.Limits.MaxRequestBufferSize = 2 * LongestLine;
        });
        var app = builder.Build();
        var api = new GatewayApi(app);
        app.UseWebSockets();
        app.Run(api.RespondAsync);
        await app.StartAsync(Stop);
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task RespondAsync(HttpContext http)
    {
        var request = http.Request;
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        List<string> headers = [.. request.Headers.SelectMany(header => header.Value.Select(value => $"{header.Key}: {value}"))];
        using var body = new MemoryStream();
        if (!http.WebSockets.IsWebSocketRequest)
            await request.Body.CopyToAsync(body, http.RequestAborted);
        _requests.Enqueue(new ApiRequest(request.Method, target, headers, body.Length));

        var last = target.Split('?')[0].Split('/')[^1];
        if (http.WebSockets.IsWebSocketRequest)
            await EchoAsync(http);
        else if (last == "break-off")
            http.Abort();
        else if (last.StartsWith("status-", StringComparison.Ordinal))
            await FailAsync(http, int.Parse(last["status-".Length..], System.Globalization.CultureInfo.InvariantCulture));
        else
            await http.Response.WriteAsync(
                $"{request.Method} {target}\n{string.Join('\n', headers)}\n\n{Encoding.UTF8.GetString(body.ToArray())}");
    }

    private static Task FailAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(OwnWords);
    }

    private static async Task EchoAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        var got = await socket.ReceiveAsync(buffer.AsMemory(), http.RequestAborted);
        await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, http.RequestAborted);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, http.RequestAborted);
    }
}
