using FinConsole.Core.Data.Workers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Data.Workers;

/// <summary>When a worker runs, and what becomes of a run that fails.</summary>
public sealed class PeriodicWorkerTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TimerClock _time = new();
    private readonly FailureLog _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_run_that_fails_is_logged_and_the_next_one_comes_in_its_time()
    {
        using var worker = new CountingWorker(new WorkerSchedule(Minute, AtStart: true), _time, _log.CreateLogger("worker")) { FailsAt = 1 };

        await worker.StartAsync(Stop);
        await worker.Ran(1);
        await _log.Logged.Task.WaitAsync(Patience, Stop);
        _time.Advance(Minute);
        await worker.Ran(2);
        await worker.StopAsync(Stop);

        Assert.Equal(["This worker's run failed; the next one is in 00:01:00: broken"], _log.Messages);
    }

    [Fact]
    public async Task Without_a_run_at_the_start_the_first_one_is_after_the_interval()
    {
        using var worker = new CountingWorker(new WorkerSchedule(Minute), _time, _log.CreateLogger("worker"));

        await worker.StartAsync(Stop);
        await _time.Timed.Task.WaitAsync(Patience, Stop);
        _time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Equal(0, worker.Runs);
        _time.Advance(TimeSpan.FromTicks(1));
        await worker.Ran(1);
        await worker.StopAsync(Stop);

        Assert.Empty(_log.Messages);
    }

    [Fact]
    public async Task A_run_that_the_programs_end_interrupts_is_no_failure()
    {
        using var worker = new CountingWorker(new WorkerSchedule(Minute, AtStart: true), _time, _log.CreateLogger("worker")) { HangsAt = 1 };

        await worker.StartAsync(Stop);
        await worker.Ran(1);
        await worker.StopAsync(Stop).WaitAsync(Patience, Stop);

        Assert.Empty(_log.Messages);
    }

    private sealed class CountingWorker(WorkerSchedule schedule, TimeProvider time, ILogger logger) : PeriodicWorker(schedule, time, logger)
    {
        private readonly SemaphoreSlim _ran = new(0);

        public int Runs { get; private set; }

        public int FailsAt { get; init; }

        public int HangsAt { get; init; }

        public async Task Ran(int times)
        {
            Assert.True(await _ran.WaitAsync(Patience, Stop));
            Assert.Equal(times, Runs);
        }

        public override void Dispose()
        {
            _ran.Dispose();
            base.Dispose();
        }

        protected override async Task RunAsync(CancellationToken cancellationToken)
        {
            Runs++;
            _ran.Release();
            if (Runs == FailsAt)
                throw new InvalidOperationException("broken");
            if (Runs == HangsAt)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    private sealed class TimerClock : FakeTimeProvider
    {
        public TaskCompletionSource Timed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Timed.TrySetResult();
            return timer;
        }
    }

    private sealed class FailureLog : ILoggerProvider, ILogger
    {
        public List<string> Messages { get; } = [];

        public TaskCompletionSource Logged { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Messages.Add($"{formatter(state, exception)}: {exception?.Message}");
            Logged.TrySetResult();
        }

        public void Dispose()
        {
        }
    }
}
