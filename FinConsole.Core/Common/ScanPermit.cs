namespace FinConsole.Core.Common;

/// <summary>An admitted scan. It reads one piece after the other, each in a turn of its own.</summary>
public sealed class ScanPermit : IDisposable
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _turns;
    private readonly TimeProvider _time;
    private readonly bool _rests;
    private Action? _release;
    private TimeSpan _rest;

    internal ScanPermit(SemaphoreSlim turns, TimeProvider time, bool rests, Action release) =>
        (_turns, _time, _rests, _release) = (turns, time, rests, release);

    /// <summary>
    /// Reads a piece on the thread pool, once it is this scan's turn: SQLite's reads block their thread, which may be a circuit's.
    /// </summary>
    /// <param name="read">A short read, some thousand rows at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        if (_rests && _rest > TimeSpan.Zero)
            await Task.Delay(_rest, _time, cancellationToken);
        await _turns.WaitAsync(cancellationToken);
        var begun = _time.GetTimestamp();
        try
        {
            return await Task.Run(read, cancellationToken);
        }
        finally
        {
            _turns.Release();
            var took = _time.GetElapsedTime(begun);
            _rest = took < LongestRest ? took : LongestRest;
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
