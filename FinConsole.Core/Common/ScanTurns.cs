namespace FinConsole.Core.Common;

/// <summary>The turns that all scans of an instance share: one read at a time in each, and a rest behind it.</summary>
internal sealed class ScanTurns(int count, TimeProvider time, TimeProvider rests) : IDisposable
{
    private const double LongestRest = 100;

    private readonly SemaphoreSlim _free = new(count);
    private readonly ScanThreads _threads = new(count);

    public async Task<T> ReadAsync<T>(Func<int, Task<T>> read, ScanPace pace, bool resting, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        var took = TimeSpan.Zero;
        try
        {
            return await _threads.RunAsync(
                async () =>
                {
                    var begun = time.GetTimestamp();
                    try
                    {
                        return await read(pace.Rows);
                    }
                    finally
                    {
                        took = time.GetElapsedTime(begun);
                        pace.Learn(took);
                    }
                },
                cancellationToken);
        }
        finally
        {
            // The turn rests, and not the reader: it has its rows at once, and nobody else's read fills the pause.
            _ = FreeAsync(resting ? took : TimeSpan.Zero);
        }
    }

    public void Dispose() => _threads.Dispose();

    private async Task FreeAsync(TimeSpan rest)
    {
        // Timers count whole milliseconds, and one of none ends at once.
        if (rest > TimeSpan.Zero)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(Math.Round(rest.TotalMilliseconds), 1, LongestRest)), rests, CancellationToken.None);
        _free.Release();
    }
}
