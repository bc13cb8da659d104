namespace FinConsole.Core.Common;

/// <summary>A scan: a series of short reads, each in a turn of its own.</summary>
public sealed class Scan : IDisposable
{
    private readonly ScanTurns _turns;
    private readonly ScanPace _pace;
    private readonly bool _rests;
    private readonly Func<CancellationToken, Task<Action?>> _admit;
    private Action? _release;
    private bool _admitted;

    internal Scan(ScanTurns turns, TimeSpan aim, bool rests, Func<CancellationToken, Task<Action?>> admit) =>
        (_turns, _pace, _rests, _admit) = (turns, new ScanPace(aim), rests, admit);

    /// <summary>Asks for the permit to read on and on; false when too many others hold one. Asked again, it stands.</summary>
    public async Task<bool> AdmitAsync(CancellationToken cancellationToken)
    {
        if (_admitted)
            return true;
        _release = await _admit(cancellationToken);
        return _admitted = _release is not null;
    }

    /// <summary>Reads some rows once it is this scan's turn, on a thread for scans: SQLite's reads block theirs, which may be a circuit's.</summary>
    /// <param name="read">Given how many rows to read at most: as many as take about a millisecond.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<T> ReadAsync<T>(Func<int, Task<T>> read, CancellationToken cancellationToken) => _turns.ReadAsync(read, _pace, _rests, cancellationToken);

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
