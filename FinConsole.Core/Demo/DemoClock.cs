namespace FinConsole.Core.Demo;

/// <summary>A clock that stands where it was put, and only ever moves forward: the audit log's times must not run back.</summary>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <exception cref="ArgumentOutOfRangeException">The time lies before the one it shows.</exception>
    public void MoveTo(DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, _now);
        _now = time;
    }
}
