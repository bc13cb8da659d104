using System.Globalization;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>Checks section <c>Scans</c> once at start.</summary>
internal static class ScanSettings
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static void Check(IConfiguration configuration, Faults faults)
    {
        var section = configuration.GetSection(ScanOptions.Section);
        foreach (var limit in new[] { section.GetSection(nameof(ScanOptions.PerTenant)), section.GetSection(nameof(ScanOptions.PerInstance)) })
        {
            if (limit.Value is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1))
                faults.Add(Texts.Format(ConfigurationTexts.ScanLimitWrong, limit.Path, text));
        }

        var wait = section.GetSection(nameof(ScanOptions.LongestWait));
        if (wait.Value is { } typed && !(TimeSpan.TryParse(typed, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero && time <= LongestWait))
            faults.Add(Texts.Format(ConfigurationTexts.ScanWaitWrong, wait.Path, typed));
    }
}
