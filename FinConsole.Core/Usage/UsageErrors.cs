using FinConsole.Core.Common;

namespace FinConsole.Core.Usage;

/// <summary>Why usage cannot be shown.</summary>
public static class UsageErrors
{
    public static readonly Error PeriodBackwards = Error.Invalid(new Dictionary<string, string> { ["From"] = "The beginning must lie before the end." });

    public static readonly Error PeriodOutside = Error.Invalid(new Dictionary<string, string> { ["From"] = "The period must lie between 1970 and 9998." });

    public static Error PeriodTooLong(int days, string by) =>
        Error.Invalid(new Dictionary<string, string> { ["From"] = $"By {by}, at most {days} days can be shown at a time." });
}
