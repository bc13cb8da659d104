namespace FinConsole.Core.Data.Workers;

/// <summary>When a worker runs.</summary>
/// <param name="Interval">From the beginning of one run to that of the next, unless a run takes longer.</param>
/// <param name="AtStart">Whether the first run is at the program's start, and not after the first interval.</param>
public readonly record struct WorkerSchedule(TimeSpan Interval, bool AtStart = false);
