using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Data.Changes;

/// <summary>
/// Follows the change table and tells whoever listens in this process: at once after a commit of its own, within a quarter of
/// a second after another instance's. Listeners are called in order of the changes' numbers, one change at a time.
/// </summary>
public sealed partial class ChangeFeed(ConsoleDb db, ILogger<ChangeFeed> logger) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _listenersLock = new();
    private Action<Change>[] _listeners = [];
    private long? _seen;

    /// <summary>Calls <paramref name="listener"/> for every later change until the answer is disposed. Listeners must be quick and must not throw.</summary>
    public IDisposable Listen(Action<Change> listener)
    {
        lock (_listenersLock)
            _listeners = [.. _listeners, listener];
        return new Subscription(this, listener);
    }

    /// <summary>Looks now instead of at the next interval: called after each commit in this process.</summary>
    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two commits woke it at once; one wake is enough.
        }
    }

    /// <summary>Reads what is new and tells the listeners.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        _seen ??= await context.Set<Counter>().Where(counter => counter.Name == Counter.Changes).Select(counter => counter.Value).SingleAsync(cancellationToken);
        List<Change> batch;
        do
        {
            var seen = _seen.Value;
            batch = await context.Set<Change>().AsNoTracking().Where(change => change.Number > seen)
                .OrderBy(change => change.Number).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var change in batch)
            {
                Tell(change);
                _seen = change.Number;
            }
        }
        while (batch.Count == BatchSize);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = PollInterval;
            try
            {
                await CatchUpAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogUnreachable(failure);
                pause = RetryInterval;
            }

            await _wake.WaitAsync(pause, stoppingToken);
        }
    }

    private void Tell(Change change)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                listener(change);
            }
            catch (Exception failure)
            {
                // One broken listener must not keep the others from hearing that a session ended.
                LogListenerFailed(failure, change.Kind);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change table could not be read; trying again")]
    private partial void LogUnreachable(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A listener failed on a change of kind {Kind}")]
    private partial void LogListenerFailed(Exception failure, ChangeKind kind);

    private sealed class Subscription(ChangeFeed feed, Action<Change> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._listenersLock)
                feed._listeners = [.. feed._listeners.Where(each => each != listener)];
        }
    }
}
