namespace FinConsole.Core.Common;

/// <summary>Counts within fixed windows of 60 seconds, exactly, however many count at once.</summary>
public sealed class FixedWindow
{
    public const int Seconds = 60;

    // The window's number above, the count within it below: both change in one step.
    private const int CountBits = 32;

    private long _state;

    /// <summary>Counts one and says where that leaves the window.</summary>
    /// <param name="limit">How many a window takes; 0 for any number.</param>
    /// <param name="now">The time.</param>
    public WindowCount Take(int limit, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var window = seconds / Seconds;
        var left = (int)(Seconds - (seconds % Seconds));
        long seen, next;
        do
        {
            seen = Volatile.Read(ref _state);
            var count = seen >> CountBits == window ? seen & uint.MaxValue : 0;
            next = (window << CountBits) | Math.Min(count + 1, uint.MaxValue);
        }
        while (Interlocked.CompareExchange(ref _state, next, seen) != seen);
        return new WindowCount(limit, (int)Math.Min(next & uint.MaxValue, int.MaxValue), left);
    }
}

/// <summary>Where a count has left its window.</summary>
/// <param name="Limit">How many it takes; 0 for any number.</param>
/// <param name="Count">This one included.</param>
/// <param name="SecondsLeft">Until the next window; 1 to 60.</param>
public readonly record struct WindowCount(int Limit, int Count, int SecondsLeft)
{
    public bool Exceeded => Limit > 0 && Count > Limit;

    public int Remaining => Math.Max(0, Limit - Count);
}
