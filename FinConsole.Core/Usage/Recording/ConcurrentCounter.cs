using System.Collections.Concurrent;

namespace FinConsole.Core.Usage.Recording;

/// <summary>
/// Counts by key from any number of threads, without a lock and, for a key that is there, without an allocation. Taking the counts out
/// meanwhile loses none and doubles none: a counter that is thrown away is closed first, and who comes too late counts in a new one.
/// </summary>
internal sealed class ConcurrentCounter<TKey>
    where TKey : struct, IEquatable<TKey>
{
    private readonly ConcurrentDictionary<TKey, Counter> _counters = new();
    private int _keys;

    /// <summary>Counts one; false when that would need a counter more than <paramref name="mostKeys"/>.</summary>
    /// <param name="key">What is counted.</param>
    /// <param name="at">When, in UTC ticks.</param>
    /// <param name="mostKeys">Of the keys that are there, not of those ever seen.</param>
    /// <param name="by">How many at once.</param>
    public bool TryAdd(in TKey key, long at, int mostKeys, long by = 1)
    {
        while (true)
        {
            if (!_counters.TryGetValue(key, out var counter))
            {
                if (Volatile.Read(ref _keys) >= mostKeys)
                    return false;
                counter = new Counter();
                if (!_counters.TryAdd(key, counter))
                    continue;
                Interlocked.Increment(ref _keys);
            }

            if (counter.TryAdd(at, by))
                return true;
            Remove(key, counter);
        }
    }

    /// <summary>Takes all counts out; counters that stood still since the last time go.</summary>
    /// <param name="take">Key, count, and the latest time in UTC ticks.</param>
    public void Drain(Action<TKey, long, long> take)
    {
        foreach (var (key, counter) in _counters)
        {
            if (counter.Take() is > 0 and var count)
                take(key, count, counter.Last);
            else if (counter.TryClose())
                Remove(key, counter);
        }
    }

    private void Remove(TKey key, Counter counter)
    {
        if (_counters.TryRemove(KeyValuePair.Create(key, counter)))
            Interlocked.Decrement(ref _keys);
    }

    private sealed class Counter
    {
        // So far below zero that no late increment makes it look open.
        private const long Closed = long.MinValue / 2;

        private long _count;
        private long _last;

        public long Last => Interlocked.Read(ref _last);

        // The time first: who sees the count sees the time.
        public bool TryAdd(long at, long by)
        {
            for (var seen = Interlocked.Read(ref _last); seen < at;)
            {
                var was = Interlocked.CompareExchange(ref _last, at, seen);
                if (was == seen)
                    break;
                seen = was;
            }

            return Interlocked.Add(ref _count, by) > 0;
        }

        public long Take() => Interlocked.Read(ref _count) > 0 ? Interlocked.Exchange(ref _count, 0) : 0;

        public bool TryClose() => Interlocked.CompareExchange(ref _count, Closed, 0) == 0;
    }
}
