using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Data.Changes;

/// <summary>
/// Follows the change table and tells whoever listens in this process: at once after a commit of its own, within a quarter of
/// a second after another instance's, or as soon as PostgreSQL gives notice of it. Listeners are called in order of the changes' numbers, one change at a time.
/// </summary>
/// <remarks>
/// Who must not be behind this process's own changes for a moment listens first (<see cref="ListenFirst"/>): it is told before the commit is
/// acknowledged to whoever asked for it.
/// </remarks>
public sealed partial class ChangeFeed(ConsoleDb db, TimeProvider time, ILogger<ChangeFeed> logger) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _listenersLock = new();
    private Action<Change>[] _listeners = [];
    private Action<Change>[] _first = [];
    private long? _seen;
    private long _caughtUp = time.GetTimestamp();

    /// <summary>For how long nothing has been heard of other instances: since the last look into the table that succeeded.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _caughtUp));

    /// <summary>Calls <paramref name="listener"/> for every later change until the answer is disposed. Listeners must be quick and must not throw.</summary>
    public IDisposable Listen(Action<Change> listener)
    {
        lock (_listenersLock)
            _listeners = [.. _listeners, listener];
        return new Subscription(this, listener);
    }

    /// <summary>
    /// The same, and for this process's own commits already before they are acknowledged: by the committing thread, without a number, and
    /// again when the feed comes by. Other instances' changes come before <see cref="Listen"/>'s listeners hear of them.
    /// </summary>
    public IDisposable ListenFirst(Action<Change> listener)
    {
        lock (_listenersLock)
            _first = [.. _first, listener];
        return new Subscription(this, listener);
    }

    /// <summary>Tells those who listen first of what this process has just committed, and looks at the rest soon.</summary>
    internal void TellOwn(Guid tenantId, IReadOnlyCollection<(ChangeKind Kind, Guid Subject)> changes, DateTimeOffset at)
    {
        foreach (var (kind, subject) in changes)
            Tell(_first, new Change { TenantId = tenantId, Kind = kind, SubjectId = subject, At = at });
        Wake();
    }

    /// <summary>Looks now instead of at the next interval: called after each commit in this process, and by whoever hears of another's.</summary>
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

    /// <summary>Notes where the table ends, so that nothing from here on is missed by who now reads what it is about.</summary>
    public async Task StartFromHereAsync(CancellationToken cancellationToken)
    {
        if (_seen is not null)
            return;
        await using var context = db.OpenForOperator();
        _seen = await context.Set<Counter>().Where(counter => counter.Name == Counter.Changes).Select(counter => counter.Value).SingleAsync(cancellationToken);
    }

    /// <summary>Reads what is new and tells the listeners.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        await StartFromHereAsync(cancellationToken);
        await using var context = db.OpenForOperator();
        List<Change> batch;
        do
        {
            var seen = _seen!.Value;
            batch = await context.Set<Change>().AsNoTracking().Where(change => change.Number > seen)
                .OrderBy(change => change.Number).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var change in batch)
            {
                Tell(_first, change);
                Tell(_listeners, change);
                _seen = change.Number;
            }
        }
        while (batch.Count == BatchSize);
        Volatile.Write(ref _caughtUp, begun);
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

    private void Tell(Action<Change>[] listeners, Change change)
    {
        foreach (var listener in listeners)
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
            {
                feed._listeners = [.. feed._listeners.Where(each => each != listener)];
                feed._first = [.. feed._first.Where(each => each != listener)];
            }
        }
    }
}
