namespace FinConsole.Core.Demo;

/// <summary>What happens when, up to the present. Steps run in the order of their times, whoever planned them in whatever order.</summary>
internal sealed class DemoSchedule(DemoClock clock, DateTimeOffset now)
{
    private readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset At, int Order)> _steps = new();
    private int _order;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The time of day on the working day so many days ago, or on the Friday before. Days that are 3 apart stay in order.</summary>
    public DateTimeOffset WorkingDay(int daysAgo, int hour, int minute = 0)
    {
        var day = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-daysAgo);
        day = day.DayOfWeek switch
        {
            DayOfWeek.Saturday => day.AddDays(-1),
            DayOfWeek.Sunday => day.AddDays(-2),
            _ => day,
        };
        return day.AddHours(hour).AddMinutes(minute);
    }

    /// <summary>Plans a step; one that lies in the future does not happen.</summary>
    public void At(DateTimeOffset time, Func<CancellationToken, Task> step)
    {
        if (time <= Now)
            _steps.Enqueue(step, (time, _order++));
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (_steps.TryDequeue(out var step, out var when))
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.MoveTo(when.At);
            await step(cancellationToken);
        }
    }
}
