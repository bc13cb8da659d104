using FinConsole.Core.Common;

namespace FinConsole.Core.Usage;

/// <summary>Why usage cannot be shown.</summary>
public static class UsageErrors
{
    public static readonly Error PeriodBackwards = Error.Invalid(new Dictionary<string, string> { ["From"] = UsageErrorTexts.PeriodBackwards });

    public static readonly Error PeriodOutside = Error.Invalid(new Dictionary<string, string> { ["From"] = UsageErrorTexts.PeriodOutside });

    public static Error PeriodTooLong(int days, string by) =>
        Error.Invalid(new Dictionary<string, string> { ["From"] = Texts.Format(UsageErrorTexts.PeriodTooLong, by, days) });
}
