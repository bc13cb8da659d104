using FinConsole.Core.Common;
using Microsoft.Extensions.Options;
using Xunit;

namespace FinConsole.Tests.Common;

/// <summary>How many scans run at the same time, and what becomes of the others.</summary>
public sealed class ScanLimiterTests : IDisposable
{
    private static readonly Guid Acme = Guid.Parse("0190a000-0000-7000-8000-00000000000a");
    private static readonly Guid Globex = Guid.Parse("0190a000-0000-7000-8000-00000000000b");
    private static readonly Guid Initech = Guid.Parse("0190a000-0000-7000-8000-00000000000c");

    private readonly ScanLimiter _limiter = new(
        Options.Create(new ScanOptions { PerTenant = 2, PerInstance = 3, LongestWait = TimeSpan.Zero }), TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public async Task One_tenant_runs_two_searches_and_the_third_is_refused_until_one_ends()
    {
        var first = await _limiter.BeginSearchAsync(Acme, Stop);
        using var second = await _limiter.BeginSearchAsync(Acme, Stop);
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(await _limiter.BeginSearchAsync(Acme, Stop));

        first.Dispose();
        first.Dispose();

        using var third = await _limiter.BeginSearchAsync(Acme, Stop);
        Assert.NotNull(third);
        // Ending one twice makes room for one.
        Assert.Null(await _limiter.BeginSearchAsync(Acme, Stop));
    }

    [Fact]
    public async Task A_busy_tenant_leaves_room_for_another_and_the_instance_has_a_limit_of_its_own()
    {
        using var first = await _limiter.BeginSearchAsync(Acme, Stop);
        using var second = await _limiter.BeginSearchAsync(Acme, Stop);

        using (var theirs = await _limiter.BeginSearchAsync(Globex, Stop))
        {
            Assert.NotNull(theirs);
            Assert.Null(await _limiter.BeginSearchAsync(Initech, Stop));
        }

        // The refused one took nothing of its tenant's with it.
        using var later = await _limiter.BeginSearchAsync(Initech, Stop);
        Assert.NotNull(later);
    }

    [Fact]
    public async Task A_search_that_waits_begins_when_another_ends()
    {
        using var limiter = new ScanLimiter(Options.Create(new ScanOptions { PerTenant = 1, LongestWait = TimeSpan.FromMinutes(5) }), TimeProvider.System);
        var first = await limiter.BeginSearchAsync(Acme, Stop);
        var waiting = limiter.BeginSearchAsync(Acme, Stop);
        Assert.False(waiting.IsCompleted);

        first!.Dispose();

        using var second = await waiting;
        Assert.NotNull(second);
    }

    [Fact]
    public async Task A_search_that_is_given_up_while_it_waits_takes_nothing_with_it()
    {
        using var limiter = new ScanLimiter(Options.Create(new ScanOptions { PerTenant = 2, PerInstance = 1, LongestWait = TimeSpan.FromMinutes(5) }), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var first = await limiter.BeginSearchAsync(Acme, Stop);
        var waiting = limiter.BeginSearchAsync(Acme, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        first!.Dispose();

        using var second = await limiter.BeginSearchAsync(Acme, Stop);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task Reads_of_all_scans_and_exports_take_turns_of_which_half_the_cores_are_the_most()
    {
        var most = Math.Max(1, Environment.ProcessorCount / 2);
        var (reading, highest) = (0, 0);
        using var search = await _limiter.BeginSearchAsync(Acme, Stop);
        using var other = await _limiter.BeginSearchAsync(Globex, Stop);
        Scan[] scans = [search!, other!, _limiter.BeginExport(), _limiter.BeginExport()];

        await Task.WhenAll(scans.SelectMany(scan => Enumerable.Range(0, 20).Select(_ => scan.ReadAsync(_ => ReadAsync(), Stop))));

        Assert.InRange(highest, 1, most);

        async Task<int> ReadAsync()
        {
            var now = Interlocked.Increment(ref reading);
            InterlockedMax(ref highest, now);
            await Task.Yield();
            return Interlocked.Decrement(ref reading);
        }
    }

    [Fact]
    public async Task A_read_that_fails_gives_its_turn_back()
    {
        var export = _limiter.BeginExport();
        for (var i = 0; i <= Environment.ProcessorCount; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => export.ReadAsync<int>(_ => throw new InvalidOperationException("away"), Stop));

        Assert.Equal(7, await export.ReadAsync(_ => Task.FromResult(7), Stop));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            var was = Interlocked.CompareExchange(ref target, value, seen);
            if (was == seen)
                return;
            seen = was;
        }
    }
}
