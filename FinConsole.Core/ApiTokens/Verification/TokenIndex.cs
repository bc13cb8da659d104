using System.Collections.Concurrent;
using FinConsole.Core.Data.Changes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>
/// Every token in memory, under the key it is found by. Exact on this instance: what a commit here changed is marked before that commit is
/// acknowledged, and is read again before anything is said of it. Other instances' changes come with the change table, within a quarter
/// of a second. Nothing in it ever just ages.
/// </summary>
public sealed partial class TokenIndex : IHostedService, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<TokenKey, TokenEntry> _tokens = new();
    private readonly TokenOwners _owners = new();
    private readonly AllowlistPool _allowlists = new();
    private readonly DirtyTokens _dirty = new();
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TokenIndexReader _reader;
    private readonly ChangeFeed _feed;
    private readonly ILogger _logger;
    private readonly IDisposable _listening;
    private Task? _refreshing;
    private long _rounds;
    private TaskCompletionSource _round = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _loading;

    public TokenIndex(Data.ConsoleDb db, ChangeFeed feed, TimeProvider time, ILogger<TokenIndex> logger)
    {
        (_reader, _feed, _logger) = (new TokenIndexReader(db, time), feed, logger);
        _listening = feed.ListenFirst(Hear);
    }

    /// <summary>How many tokens it knows, those ended lately included.</summary>
    public int Count => _tokens.Count;

    /// <summary>How long nothing has been heard of other instances.</summary>
    public TimeSpan Age => _feed.Silence;

    /// <summary>Finds the token with this key at once; false where something about it has to be read first.</summary>
    internal bool TryFind(in TokenKey key, out TokenEntry? entry)
    {
        entry = null;
        if (_loading is not { IsCompletedSuccessfully: true })
            return false;
        // The marks first: an entry that is read behind them is at least as new as every change acknowledged before.
        if (_dirty.None)
        {
            _tokens.TryGetValue(key, out entry);
            return true;
        }

        if (!_tokens.TryGetValue(key, out var seen) || _dirty.Touches(seen))
            return false;
        _tokens.TryGetValue(key, out entry);
        return ReferenceEquals(entry, seen);
    }

    /// <summary>The same, after what has to be read; false when it could not be read in two seconds: nobody can tell.</summary>
    internal async ValueTask<(bool Known, TokenEntry? Entry)> FindAsync(TokenKey key, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        // Of two rounds from now the second began after this: a key that it did not bring is nobody's, however much changes meanwhile.
        var enough = Volatile.Read(ref _rounds) + 2;
        try
        {
            while (true)
            {
                var round = Volatile.Read(ref _round).Task;
                if (TryFind(key, out var entry))
                    return (true, entry);
                if (Volatile.Read(ref _rounds) >= enough && !_tokens.ContainsKey(key))
                    return (true, null);
                Refresh();
                await round.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, null);
        }
    }

    /// <summary>Reads everything, once. Called before the first request; a failure is the caller's, and the next call tries again.</summary>
    public Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_loading is { IsFaulted: false, IsCanceled: false } loading)
            return loading.WaitAsync(cancellationToken);
        lock (_lock)
        {
            if (_loading is null or { IsFaulted: true } or { IsCanceled: true })
                _loading = Task.Run(() => ReadAllAsync(_stop.Token), _stop.Token);
            return _loading.WaitAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (_refreshing is { } refreshing)
            await refreshing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listening.Dispose();
    }

    private void Hear(Change change)
    {
        if (change.Kind is not (ChangeKind.Token or ChangeKind.TokenDetails or ChangeKind.Member or ChangeKind.Tenant))
            return;
        _dirty.Mark(change.Kind, change.SubjectId);
        Refresh();
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        // Whatever changes from here on is marked, and read again behind this.
        await _feed.StartFromHereAsync(cancellationToken);
        await _reader.ReadAllAsync(Put, cancellationToken);
        _owners.Settle(ChangeKind.Tenant, await _reader.ReadOpenAsync(ChangeKind.Tenant, null, cancellationToken));
        _owners.Settle(ChangeKind.Member, await _reader.ReadOpenAsync(ChangeKind.Member, null, cancellationToken));
    }

    private void Put(IndexedRow row)
    {
        var entry = new TokenEntry
        {
            Id = row.Id,
            Tenant = _owners.Find(ChangeKind.Tenant, row.TenantId),
            Cashier = _owners.Find(ChangeKind.Member, row.CashierId),
            Scopes = ScopeSet.Granted(row.Scopes),
            Allowlist = _allowlists.Find(row.Allowlist),
            ExpiresAt = row.ExpiresAt.UtcTicks,
            AcceptedUntil = Math.Min(row.ExpiresAt.UtcTicks, row.OverlapEndsAt?.UtcTicks ?? long.MaxValue),
            Environment = row.Environment,
            State = row.Ended ? TokenState.Ended : !row.Acknowledged ? TokenState.Pending : row.Disabled ? TokenState.Disabled : TokenState.Live,
            EndsPredecessor = row.EndsPredecessor,
        };
        var key = TokenKey.Of(row.LookupKey);
        if (_tokens.TryGetValue(key, out var older))
            entry.TakeOver(older);
        _tokens[key] = entry;
    }

    // One reader at a time, for as long as there is something to read.
    private void Refresh()
    {
        lock (_lock)
        {
            if (_refreshing is null or { IsCompleted: true } && !_dirty.None)
                _refreshing = Task.Run(() => RefreshAsync(_stop.Token), _stop.Token);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await LoadAsync(cancellationToken);
                await ReadChangedAsync(cancellationToken);
                Interlocked.Increment(ref _rounds);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogUnreadable(failure);
                await Task.Delay(Pause, cancellationToken);
            }

            Interlocked.Exchange(ref _round, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            lock (_lock)
            {
                if (_dirty.None)
                {
                    _refreshing = null;
                    return;
                }
            }
        }
    }

    private async Task ReadChangedAsync(CancellationToken cancellationToken)
    {
        var marks = _dirty.Snapshot();
        foreach (var kind in marks.GroupBy(mark => mark.Key.Kind, mark => mark.Key.Id))
        {
            var ids = kind.ToHashSet();
            if (kind.Key is ChangeKind.Token or ChangeKind.TokenDetails)
            {
                foreach (var row in await _reader.ReadAsync(ids, cancellationToken))
                    Put(row);
            }
            else
            {
                _owners.Settle(kind.Key, await _reader.ReadOpenAsync(kind.Key, ids, cancellationToken), ids);
            }
        }

        // A token that is new here may hang on owners that are new here too.
        foreach (var (kind, ids) in _owners.Unsettled())
            _owners.Settle(kind, await _reader.ReadOpenAsync(kind, ids, cancellationToken), ids);
        _dirty.Clear(marks);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changed tokens could not be read; what depends on them is refused until they can")]
    private partial void LogUnreadable(Exception failure);
}
