using System.Globalization;
using FinConsole.Core.Common;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Common;

/// <summary>How a scan reads: how much at a time, on which threads, and what its turn does afterwards.</summary>
public sealed class ScanTests : IDisposable
{
    private static readonly Guid Acme = Guid.Parse("0190a000-0000-7000-8000-00000000000a");

    private readonly RestClock _time = new();
    private readonly TaskCompletionSource<int> _never = new();
    private readonly ScanLimiter _limiter;

    public ScanTests() => _limiter = new ScanLimiter(Options.Create(new ScanOptions()), _time, _time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public async Task Reads_become_longer_step_by_step_while_they_take_no_time_and_never_exceed_2000_rows()
    {
        using var search = _limiter.BeginSearch(Acme);
        var rows = new List<int>();
        for (var i = 0; i < 7; i++)
            await search.ReadAsync(count => Task.FromResult(Note(rows, count)), Stop);

        Assert.Equal([100, 200, 400, 800, 1600, 2000, 2000], rows);
    }

    [Fact]
    public async Task A_search_backwards_reads_500_rows_before_it_asks_for_a_permit_and_100000_in_all()
    {
        var (next, asked) = (1_000_000, new List<int>());
        Task<List<int>> Read(int? before, int count, CancellationToken cancellationToken)
        {
            asked.Add(count);
            return Task.FromResult(Enumerable.Range(0, count).Select(_ => next--).ToList());
        }

        using var admitted = _limiter.BeginSearch(Acme);
        Assert.True((await BackwardSearch.ReadAsync<int, int>(Read, _ => false, row => row, null, 50, admitted, Stop)).Value!.StoppedShort);
        Assert.Equal([100, 200, 200, 800], asked[..4]);
        Assert.Equal(BackwardSearch.Reach, asked.Sum());

        asked.Clear();
        using var limiter = new ScanLimiter(Options.Create(new ScanOptions { PerTenant = 1, LongestWait = TimeSpan.Zero }), _time, _time);
        using var other = await limiter.BeginSearchAsync(Acme, Stop);
        using var refused = limiter.BeginSearch(Acme);
        Assert.Equal(ScanErrors.Busy, (await BackwardSearch.ReadAsync<int, int>(Read, _ => false, row => row, null, 50, refused, Stop)).Error);
        Assert.Equal([100, 200, 200], asked);
    }

    [Theory]
    [InlineData(false, 2, new[] { 100, 50, 50 })]
    [InlineData(false, 1, new[] { 100, 100, 100 })]
    [InlineData(true, 2, new[] { 100, 200, 400 })]
    [InlineData(true, 8, new[] { 100, 50, 50 })]
    public async Task A_search_reads_for_a_millisecond_at_a_time_and_an_export_for_four(bool export, int took, int[] expected)
    {
        using var scan = export ? _limiter.BeginExport() : _limiter.BeginSearch(Acme);
        var rows = new List<int>();
        for (var i = 0; i < expected.Length; i++)
        {
            await scan.ReadAsync(count => Task.FromResult(Note(rows, count, took)), Stop);
            // Whatever rests is over.
            _time.Advance(TimeSpan.FromMilliseconds(took));
        }

        Assert.Equal(expected, rows);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(5000, 100)]
    public async Task A_search_has_its_rows_at_once_and_its_turn_rests_for_as_long_as_the_read_took_up_to_a_tenth_of_a_second(int took, int rests)
    {
        using var search = _limiter.BeginSearch(Acme);
        await TakeLastTurnAsync(search, took);
        Assert.Equal([TimeSpan.FromMilliseconds(rests)], _time.Timers);

        // Not of that search alone.
        var next = _limiter.BeginExport().ReadAsync(Task.FromResult, Stop);
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(rests));
        await next;
    }

    [Fact]
    public async Task The_turn_of_an_export_does_not_rest()
    {
        using var export = _limiter.BeginExport();
        await TakeLastTurnAsync(export, 7);

        Assert.Empty(_time.Timers);
    }

    [Fact]
    public async Task Reads_run_on_threads_of_their_own_which_the_system_puts_behind_all_others_and_what_follows_runs_elsewhere()
    {
        using var export = _limiter.BeginExport();
        var (name, pooled, niceness) = await export.ReadAsync(
            async _ =>
            {
                await Task.Yield();
                return (Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread, Niceness());
            },
            Stop);

        Assert.Equal(("scans", false), (name, pooled));
        Assert.NotEqual("scans", Thread.CurrentThread.Name);
        if (OperatingSystem.IsLinux())
            Assert.Equal(10, niceness);
    }

    // Reads in the last turn that is free.
    private async Task TakeLastTurnAsync(Scan scan, int took)
    {
        var others = _limiter.BeginExport();
        for (var i = 1; i < Math.Max(1, Environment.ProcessorCount / 2); i++)
            _ = others.ReadAsync(_ => _never.Task, Stop);
        await scan.ReadAsync(count => Task.FromResult(Note([], count, took)), Stop);
    }

    private int Note(List<int> rows, int count, int took = 0)
    {
        rows.Add(count);
        _time.Advance(TimeSpan.FromMilliseconds(took));
        return count;
    }

    // The 19th field of the calling thread's state (proc(5)), counted behind the name in parentheses.
    private static int Niceness() => OperatingSystem.IsLinux()
        ? int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ')[16], CultureInfo.InvariantCulture)
        : 0;

    /// <summary>Keeps for how long timers were set.</summary>
    [Fact]
    public async Task A_clock_that_moved_during_a_read_and_then_stands_still_keeps_nobody_waiting()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new ScanLimiter(Options.Create(new ScanOptions()), clock);
        using var search = limiter.BeginSearch(Guid.CreateVersion7());
        await search.ReadAsync(
            _ =>
            {
                clock.Advance(TimeSpan.FromHours(1));
                return Task.FromResult(0);
            },
            Stop);

        Assert.Equal(7, await search.ReadAsync(_ => Task.FromResult(7), Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop));
    }

    private sealed class RestClock : FakeTimeProvider
    {
        public List<TimeSpan> Timers { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Timers.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
