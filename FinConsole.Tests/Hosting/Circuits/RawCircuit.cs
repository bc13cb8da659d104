using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.Hosting.Circuits;

/// <summary>
/// A circuit without a browser: a web socket that speaks the hub's protocol and acknowledges what is drawn, but runs no script. It keeps
/// all that the server sends.
/// </summary>
internal sealed partial class RawCircuit : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly ClientWebSocket _socket = new();
    private readonly Uri _address;
    private readonly List<object?[]> _messages = [];
    private byte[] _unread = [];

    private RawCircuit(Uri address) => _address = address;

    /// <summary>All text in what the server drew so far.</summary>
    public string Drawn => string.Join('\n', _messages.Where(IsDrawing).Select(message => Encoding.UTF8.GetString((byte[])Arguments(message)[1]!)));

    /// <summary>Whether the server has drawn anything.</summary>
    public bool HasDrawn => _messages.Exists(IsDrawing);

    /// <summary>Connects with these cookies.</summary>
    public static async Task<RawCircuit> ConnectAsync(RawBrowser browser)
    {
        var circuit = new RawCircuit(browser.Address);
        circuit._socket.Options.SetRequestHeader("Cookie", browser.Cookies);
        circuit._socket.Options.SetRequestHeader("Origin", browser.Address.GetLeftPart(UriPartial.Authority));
        await circuit._socket.ConnectAsync(new UriBuilder(browser.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Stop);
        await circuit._socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Binary, true, Stop);
        // The answer to the handshake is JSON that ends with a record separator.
        while (!circuit._unread.Contains((byte)0x1E))
            await circuit.ReceiveAsync();
        circuit._unread = circuit._unread[(Array.IndexOf(circuit._unread, (byte)0x1E) + 1)..];
        return circuit;
    }

    /// <summary>The markers of a page's interactive components, as they stand in its source.</summary>
    public static async Task<IReadOnlyList<string>> MarkersAsync(RawBrowser browser, string page)
    {
        var html = await (await browser.GetAsync(page)).Content.ReadAsStringAsync(Stop);
        return [.. Markers().Matches(html).Select(match => match.Groups[1].Value)];
    }

    /// <summary>Begins as blazor.web.js does: with an empty circuit, to which the page's components are added. Returns the circuit's secret.</summary>
    public async Task<string> StartAsync(string page, IReadOnlyList<string> markers)
    {
        var secret = await InvokeAsync("StartCircuit", _address.ToString(), new Uri(_address, page).ToString(), "[]", "");
        var operations = markers.Select((marker, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{marker}}}""");
        await SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", "");
        return (string)secret!;
    }

    /// <summary>Begins as blazor.server.js does: with the components at once.</summary>
    public Task StartAtOnceAsync(string page, IReadOnlyList<string> markers) =>
        InvokeAsync("StartCircuit", _address.ToString(), new Uri(_address, page).ToString(), $"[{string.Join(',', markers)}]", "");

    /// <summary>Takes up a circuit that another connection began.</summary>
    public async Task<bool> ResumeAsync(string secret) => (bool)(await InvokeAsync("ConnectCircuit", secret))!;

    /// <summary>Takes up a circuit that was put away, with nothing of its state. Returns the new circuit's secret.</summary>
    public async Task<string?> ResumeAsNewAsync(string secret, string page) =>
        (string?)await InvokeAsync("ResumeCircuit", secret, _address.ToString(), new Uri(_address, page).ToString(), "[]", "");

    /// <summary>Goes to another page of the console.</summary>
    public Task NavigateAsync(string page) => SendAsync("OnLocationChanged", new Uri(_address, page).ToString(), null, false);

    /// <summary>Waits until the server has drawn this text.</summary>
    public Task WaitForTextAsync(string text) => WaitAsync(() => Drawn.Contains(text, StringComparison.Ordinal), $"\"{text}\"");

    /// <summary>Waits until the server has the browser call this function of a script.</summary>
    public Task WaitForCallAsync(string function) => WaitAsync(
        () => _messages.Any(message => Target(message) == "JS.BeginInvokeJS" && Arguments(message).Contains(function)), $"a call of {function}");

    /// <summary>Waits for whatever the server has to say before it answers this: an unknown circuit.</summary>
    public async Task SettleAsync() => await InvokeAsync("ConnectCircuit", "nothing");

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await Task.CompletedTask;
    }

    /// <summary>Whether it acknowledges what is drawn, as a browser does.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>The latest drawing.</summary>
    public long LastBatch => (long)Arguments(_messages.FindLast(IsDrawing)!)[0]!;

    /// <summary>What the server asked the browser's scripts for, as arguments of the hub's message.</summary>
    public IEnumerable<object?[]> Asked => _messages.Where(message => Target(message) == "JS.BeginInvokeJS").Select(Arguments);

    /// <summary>Calls a method of the hub and waits for no answer.</summary>
    public Task CallAsync(string method, params object?[] arguments) => SendAsync(method, arguments);

    /// <summary>Sends what need not be a message.</summary>
    public Task SendBytesAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Binary, true, Stop);

    /// <summary>Waits for whatever the server has to say, or until it ends the connection.</summary>
    public async Task SettleOrEndAsync()
    {
        try
        {
            await SettleAsync();
        }
        catch (Exception ended) when (ended is InvalidOperationException or WebSocketException)
        {
            // The server closed it.
        }
    }

    /// <summary>Waits until the server says that the circuit failed, or ends the connection.</summary>
    public async Task WaitForEndAsync()
    {
        try
        {
            await WaitAsync(() => _messages.Exists(message => message is [7L, ..] || Target(message) == "JS.Error"), "an end");
        }
        catch (Exception ended) when (ended is InvalidOperationException or WebSocketException)
        {
            // The server closed it.
        }
    }

    private static string? Target(object?[] message) => message is [1L, _, _, string target, ..] ? target : null;

    private static object?[] Arguments(object?[] message) => (object?[])message[4]!;

    private static bool IsDrawing(object?[] message) => Target(message) == "JS.RenderBatch";

    private async Task<object?> InvokeAsync(string method, params object?[] arguments)
    {
        var id = $"call-{_messages.Count}-{method}";
        await _socket.SendAsync(BlazorPack.Frame(1, NoHeaders, id, method, arguments, Array.Empty<object?>()), WebSocketMessageType.Binary, true, Stop);
        object?[]? answer = null;
        await WaitAsync(() => (answer = _messages.Find(message => message is [3L, _, string answered, ..] && answered == id)) is not null, $"an answer to {method}");
        return answer!.Length > 4 ? answer[4] : null;
    }

    private Task SendAsync(string method, params object?[] arguments) =>
        _socket.SendAsync(BlazorPack.Frame(1, NoHeaders, null, method, arguments, Array.Empty<object?>()), WebSocketMessageType.Binary, true, Stop);

    private async Task WaitAsync(Func<bool> done, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(LongestWait);
        while (!done())
        {
            try
            {
                await ReadMessageAsync().WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
            {
                throw new TimeoutException($"{what} did not come. There came: {string.Join(", ", _messages.Select(message => Target(message) ?? $"message {message[0]}"))}");
            }
        }
    }

    private async Task ReadMessageAsync()
    {
        (object?[] Message, int Taken)? read;
        while ((read = BlazorPack.Read(_unread)) is null)
            await ReceiveAsync();
        _unread = _unread[read.Value.Taken..];
        _messages.Add(read.Value.Message);
        if (Acknowledges && IsDrawing(read.Value.Message))
            await SendAsync("OnRenderCompleted", Arguments(read.Value.Message)[0], null);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[16384];
        var received = await _socket.ReceiveAsync(buffer, Stop);
        if (received.MessageType == WebSocketMessageType.Close)
            throw new InvalidOperationException("The server closed the connection.");
        _unread = [.. _unread, .. buffer[..received.Count]];
    }

    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Markers();
}
