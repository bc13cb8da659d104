using System.Diagnostics;

namespace FinConsole.Web.Hosting;

/// <summary>
/// What log lines of a request carry. The framework's own scope of a request goes: it has the path, into which programs paste tokens and people
/// addresses, and the id that the request had before <see cref="RequestIds"/> gave it the one that the client is told.
/// </summary>
internal sealed class RequestScopes : IExternalScopeProvider
{
    private const string Path = "RequestPath";

    private readonly LoggerExternalScopeProvider _scopes = new();

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        // The framework's provider, whose place this takes, adds these.
        if (Activity.Current is { } activity)
            callback(new KeyValuePair<string, object?>[] { new("SpanId", activity.SpanId.ToString()), new("TraceId", activity.TraceId.ToString()) }, state);
        _scopes.ForEachScope(callback, state);
    }

    public IDisposable Push(object? state) =>
        state is IEnumerable<KeyValuePair<string, object?>> pairs && pairs.Any(pair => pair.Key == Path) ? NoScope.Instance : _scopes.Push(state);

    private sealed class NoScope : IDisposable
    {
        public static readonly NoScope Instance = new();

        public void Dispose()
        {
        }
    }
}
