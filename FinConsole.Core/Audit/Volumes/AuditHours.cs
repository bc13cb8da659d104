namespace FinConsole.Core.Audit.Volumes;

/// <summary>Hours of UTC by number.</summary>
internal static class AuditHours
{
    /// <summary>The hour that a time lies in.</summary>
    public static int Of(DateTimeOffset at) => (int)((at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerHour);

    /// <summary>When an hour begins.</summary>
    public static DateTimeOffset StartOf(int hour) => DateTimeOffset.UnixEpoch.AddHours(hour);

    /// <summary>The time itself where an hour begins, else the beginning of the next.</summary>
    public static DateTimeOffset RoundUp(DateTimeOffset at) => StartOf(Of(at)) is var start && start == at ? at : start.AddHours(1);

    public static DateTimeOffset RoundDown(DateTimeOffset at) => StartOf(Of(at));
}
