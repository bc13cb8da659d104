namespace FinConsole.Core.Common;

/// <summary>How many rows the next read of a scan takes, so that it lasts about as long as it should: rows differ in size, and machines in speed.</summary>
/// <param name="aim">How long a read should last.</param>
internal sealed class ScanPace(TimeSpan aim)
{
    public const int First = 100;
    public const int Fewest = 50;
    public const int Most = 2_000;

    public int Rows { get; private set; } = First;

    /// <summary>Learns from a read of <see cref="Rows"/> rows: at most twice as many next time, and as few as needed.</summary>
    public void Learn(TimeSpan took)
    {
        var fitting = took > TimeSpan.Zero ? Rows * (aim / took) : Most;
        Rows = Math.Clamp((int)Math.Min(fitting, Rows * 2.0), Fewest, Most);
    }
}
