namespace FinConsole.Core.Data;

/// <summary>
/// Lines writers up where the database takes one at a time: waiting here costs nothing and is first come, first served;
/// waiting on SQLite's file lock would block a thread and be a matter of luck.
/// </summary>
public sealed class WriteQueue : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Waits for its turn, where the database needs it. Dispose the answer to let the next one in.</summary>
    public async ValueTask<IDisposable?> EnterAsync(SqlDialect dialect, CancellationToken cancellationToken)
    {
        if (!dialect.SerializesWriters)
            return null;
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                turn.Release();
        }
    }
}
