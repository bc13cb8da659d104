using FinConsole.Core.Usage.Recording;
using Xunit;

namespace FinConsole.Tests.Usage;

/// <summary>Counting from many threads while the counts are taken out.</summary>
public sealed class ConcurrentCounterTests
{
    [Fact]
    public async Task Loses_and_doubles_nothing_while_it_is_drained()
    {
        const int Threads = 4, Each = 200_000, Keys = 64;
        var tally = new ConcurrentCounter<int>();
        var (taken, running) = (new long[Keys], true);
        var drainer = Task.Run(
            () =>
            {
                // Also the idle ones are thrown away again and again, under the feet of those who count.
                while (Volatile.Read(ref running))
                    tally.Drain((key, count, _) => taken[key] += count);
            },
            Stop);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () =>
            {
                for (var number = 0; number < Each; number++)
                {
                    Assert.True(tally.TryAdd(number % Keys, number, 1_000));
                    if (number % 5_000 == 0)
                        Thread.Yield();
                }
            },
            Stop)));
        Volatile.Write(ref running, false);
        await drainer;
        tally.Drain((key, count, _) => taken[key] += count);

        Assert.Equal(Threads * Each, taken.Sum());
    }

    [Fact]
    public void Tells_the_latest_time_of_what_it_counted()
    {
        var tally = new ConcurrentCounter<int>();
        foreach (var at in new long[] { 5, 9, 7 })
            tally.TryAdd(1, at, 10);

        Assert.Equal([(1, 3L, 9L)], Drain(tally));
    }

    [Fact]
    public void Refuses_a_key_too_many_and_has_room_again_when_old_ones_stood_still()
    {
        var tally = new ConcurrentCounter<int>();
        Assert.True(tally.TryAdd(1, 1, 2));
        Assert.True(tally.TryAdd(2, 1, 2));
        Assert.False(tally.TryAdd(3, 1, 2));
        Assert.True(tally.TryAdd(2, 1, 2));

        Assert.Equal(3, Drain(tally).Sum(each => each.Count));
        Assert.Empty(Drain(tally));

        Assert.True(tally.TryAdd(3, 1, 2));
    }

    [Fact]
    public void Allocates_nothing_for_a_key_that_is_there()
    {
        var tally = new ConcurrentCounter<UsageKey>();
        var key = new UsageKey(Guid.NewGuid(), Guid.NewGuid(), UsageActs.Whoami, Core.Usage.UsageStatus.Success, System.Net.IPAddress.Loopback, "read:payments", 5, true);
        for (var time = 0; time < 1_000; time++)
            tally.TryAdd(key, 1, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var time = 0; time < 1_000; time++)
            tally.TryAdd(key, time, 10);

        // What the runtime allots meanwhile for its own ends is far less than a byte a call.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999);
    }

    private static List<(int Key, long Count, long Last)> Drain(ConcurrentCounter<int> tally)
    {
        var taken = new List<(int, long, long)>();
        tally.Drain((key, count, last) => taken.Add((key, count, last)));
        return taken;
    }
}
