using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FinConsole.E2E.Fixtures;

/// <summary>
/// Listens to a page: what goes wrong in it fails its test, unless the test expects just that.
/// </summary>
public sealed class PageWatch
{
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _expected = new();

    public PageWatch(IPage page)
    {
        page.Console += (_, message) => Hear(message);
        page.PageError += (_, error) => _faults.Enqueue($"page error: {error}");
        page.Response += (_, answer) => Hear(answer);
        page.RequestFailed += (_, request) => Hear(request);
    }

    /// <summary>What went wrong and was not expected.</summary>
    public IReadOnlyList<string> Faults => [.. _faults.Where(fault => !_expected.Any(part => fault.Contains(part, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>A fault with this in its text is what the test is about.</summary>
    public void Expect(string part) => _expected.Enqueue(part);

    /// <summary>The page will lose its connection, and say so.</summary>
    public void ExpectLostConnection()
    {
        foreach (var part in new[] { "WebSocket", "Connection disconnected", "reconnect", "_blazor", "Failed to fetch", "ERR_INTERNET_DISCONNECTED", "Cannot send data", "Failed to complete negotiation", "Failed to start the connection", "Failed to start the circuit", "answer 401: GET", "Unauthorized: Status code '401'" })
            Expect(part);
    }

    private void Hear(IConsoleMessage message)
    {
        // Answers and failed requests are heard of in their own right.
        if (message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            return;
        var policy = message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase);
        if (message.Type == "error" || policy)
            _faults.Enqueue($"console {message.Type}: {message.Text}");
    }

    private void Hear(IResponse answer)
    {
        if (answer.Status >= 400)
            _faults.Enqueue($"answer {answer.Status}: {answer.Request.Method} {answer.Url}");
    }

    private void Hear(IRequest request)
    {
        // Aborted: somebody went on to another page before this one was whole.
        if (request.Failure != "net::ERR_ABORTED")
            _faults.Enqueue($"failed request: {request.Method} {request.Url}: {request.Failure}");
    }
}
