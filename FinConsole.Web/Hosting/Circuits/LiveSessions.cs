namespace FinConsole.Web.Hosting.Circuits;

/// <summary>Which circuits and connections of this instance hang on which session, so that they can be cut off when it ends.</summary>
public sealed class LiveSessions(TimeProvider time)
{
    /// <summary>How long a page has to leave by itself before its connection is aborted.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Entry> _sessions = [];

    /// <summary>Sessions with a live page, and their tenants.</summary>
    public IReadOnlyList<(Guid TenantId, Guid SessionId)> All
    {
        get
        {
            lock (_lock)
                return [.. _sessions.Select(pair => (pair.Value.TenantId, pair.Key))];
        }
    }

    /// <summary>How many pages are open on this instance.</summary>
    public int Circuits
    {
        get
        {
            lock (_lock)
                return _sessions.Values.Sum(entry => entry.Circuits.Count);
        }
    }

    /// <summary>Notes a circuit until the answer is disposed.</summary>
    public IDisposable AddCircuit(Guid tenantId, Guid sessionId, SessionWatch watch) => Add(tenantId, sessionId, entry => entry.Circuits, watch);

    /// <summary>Notes a connection until the answer is disposed.</summary>
    public IDisposable AddConnection(Guid tenantId, Guid sessionId, Action abort) => Add(tenantId, sessionId, entry => entry.Connections, abort);

    /// <summary>Tells the session's pages at once, and aborts its connections after <see cref="Grace"/>.</summary>
    public void End(Guid sessionId)
    {
        SessionWatch[] circuits;
        lock (_lock)
        {
            if (!_sessions.TryGetValue(sessionId, out var entry))
                return;
            circuits = [.. entry.Circuits];
        }

        foreach (var circuit in circuits)
            circuit.Tell();
        _ = AbortAsync(sessionId);
    }

    /// <summary>Sends the session's pages to where a second factor is set up.</summary>
    public void TellMfaDue(Guid sessionId)
    {
        SessionWatch[] circuits;
        lock (_lock)
            circuits = _sessions.TryGetValue(sessionId, out var entry) ? [.. entry.Circuits] : [];
        foreach (var circuit in circuits)
            circuit.TellMfaDue();
    }

    private async Task AbortAsync(Guid sessionId)
    {
        await Task.Delay(Grace, time);
        Action[] connections;
        lock (_lock)
            connections = _sessions.TryGetValue(sessionId, out var entry) ? [.. entry.Connections] : [];
        foreach (var abort in connections)
            abort();
    }

    private Registration<T> Add<T>(Guid tenantId, Guid sessionId, Func<Entry, List<T>> list, T item)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(sessionId, out var entry))
                _sessions[sessionId] = entry = new Entry(tenantId);
            list(entry).Add(item);
        }

        return new Registration<T>(this, sessionId, list, item);
    }

    private void Remove<T>(Guid sessionId, Func<Entry, List<T>> list, T item)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(sessionId, out var entry))
                return;
            list(entry).Remove(item);
            if (entry.Circuits.Count == 0 && entry.Connections.Count == 0)
                _sessions.Remove(sessionId);
        }
    }

    private sealed record Entry(Guid TenantId)
    {
        public List<SessionWatch> Circuits { get; } = [];

        public List<Action> Connections { get; } = [];
    }

    private sealed class Registration<T>(LiveSessions sessions, Guid sessionId, Func<Entry, List<T>> list, T item) : IDisposable
    {
        public void Dispose() => sessions.Remove(sessionId, list, item);
    }
}
