namespace FinConsole.Core.Common;

/// <summary>Lets one caller at a time in for each key. Keys that nobody waits for take no memory.</summary>
public sealed class KeyedTurns<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Line> _lines = [];

    /// <summary>Waits for the key's turn. Dispose the result to let the next caller in.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up waiting.</exception>
    public async ValueTask<IDisposable> EnterAsync(TKey key, CancellationToken cancellationToken)
    {
        Line? line;
        lock (_lines)
        {
            if (!_lines.TryGetValue(key, out line))
                _lines.Add(key, line = new Line());
            line.Callers++;
        }

        try
        {
            await line.Turn.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(key, line);
            throw;
        }

        return new Turn(this, key, line);
    }

    private void Leave(TKey key, Line line)
    {
        lock (_lines)
        {
            if (--line.Callers > 0)
                return;
            _lines.Remove(key);
        }

        line.Turn.Dispose();
    }

    private sealed class Line
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Callers { get; set; }
    }

    private sealed class Turn(KeyedTurns<TKey> turns, TKey key, Line line) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
                return;
            line.Turn.Release();
            turns.Leave(key, line);
        }
    }
}
