namespace FinConsole.Core.Usage;

/// <summary>Section <c>Usage</c>.</summary>
public sealed class UsageOptions
{
    public const string Section = "Usage";

    public const int ShortestRetentionDays = 31;
    public const int LongestRetentionDays = 4000;

    /// <summary>How many days of counted hours are kept; the host refuses to start beyond the two limits.</summary>
    public int RetentionDays { get; set; } = 400;
}
