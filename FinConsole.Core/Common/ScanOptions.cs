namespace FinConsole.Core.Common;

/// <summary>Section <c>Scans</c>: how many searches that no index answers may run at the same time.</summary>
public sealed class ScanOptions
{
    public const string Section = "Scans";

    /// <summary>Of one tenant, on each instance; at least 1.</summary>
    public int PerTenant { get; set; } = 2;

    /// <summary>Of all tenants together, on each instance; at least 1.</summary>
    public int PerInstance { get; set; } = 4;

    /// <summary>How long a search waits for others to end before it is refused.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(2);
}
