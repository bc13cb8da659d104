using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Usage;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>What must not be so where real data is: checked at start, told all at once.</summary>
internal static class SafetyRules
{
    public static bool WantsDemo(IConfiguration configuration) => configuration.GetValue("Demo:Enabled", false);

    public static void Check(IConfiguration configuration, TrustedProxies proxies, bool development, bool serves, Faults faults)
    {
        var size = configuration.GetValue($"{EncryptionKeyOptions.Section}:{nameof(EncryptionKeyOptions.Size)}", EncryptionKey.SmallestSize);
        if (size is not (3072 or 4096))
            faults.Add(Texts.Format(ConfigurationTexts.KeySizeWrong, size));
        var kept = configuration.GetValue($"{UsageOptions.Section}:{nameof(UsageOptions.RetentionDays)}", UsageOptions.ShortestRetentionDays);
        if (kept is < UsageOptions.ShortestRetentionDays or > UsageOptions.LongestRetentionDays)
            faults.Add(Texts.Format(ConfigurationTexts.UsageRetentionWrong, kept, UsageOptions.ShortestRetentionDays, UsageOptions.LongestRetentionDays));
        // That switch of the framework's believes forwarded headers from anybody.
        if (configuration.GetValue("forwardedHeaders_enabled", false))
            faults.Add(ConfigurationTexts.ForwardedFromAnybody);

        if (development || !serves)
            return;
        if (proxies.Networks.Count == 0 && !ListensOnHttps(configuration))
            faults.Add(ConfigurationTexts.NoHttps);
        if (WantsDemo(configuration))
            faults.Add(ConfigurationTexts.DemoOn);
    }

    private static bool ListensOnHttps(IConfiguration configuration)
    {
        var addresses = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"])
            .Concat(configuration["urls"]?.Split(';') ?? []);
        return configuration["https_ports"] is { Length: > 0 }
            || addresses.Any(address => address?.Trim().StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true);
    }
}
