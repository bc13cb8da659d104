using System.Text.RegularExpressions;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn.Passwords;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>What the HTTP API runs on (sections <c>Gateway</c>, <c>Verification</c> and <c>RateLimits</c>), read and checked once at start.</summary>
public sealed partial record ApiSettings(IReadOnlyList<TrustedGateway> Gateways, IReadOnlySet<string> Resources, IReadOnlySet<string> LimitedResources)
{
    public void ApplyTo(GatewaySettings settings) => (settings.Gateways, settings.Resources, settings.Limited) = (Gateways, Resources, LimitedResources);

    internal static ApiSettings Read(IConfiguration configuration, bool development, Faults faults)
    {
        var section = configuration.GetSection(GatewaySettings.Section);
        var gateways = GatewayList.Read(section, development, faults);
        var resources = Describe(section, "Resources", faults) is { Count: > 0 } configured ? configured : TokenScopes.Resources.ToHashSet(StringComparer.Ordinal);
        var limited = Describe(section, "LimitedResources", faults);
        foreach (var stray in limited.Except(resources))
            faults.Add(Texts.Format(ConfigurationTexts.LimitedResourceUnknown, stray));

        if (configuration.GetValue($"{VerificationOptions.Section}:{nameof(VerificationOptions.GraceSeconds)}", 60) is < 0 or > 60)
            faults.Add(ConfigurationTexts.GraceWrong);
        foreach (var limit in configuration.GetSection(RateLimitOptions.Section).GetChildren().Where(limit => !int.TryParse(limit.Value, out var number) || number < 0))
            faults.Add(Texts.Format(ConfigurationTexts.RateLimitWrong, limit.Path, limit.Value));
        return new ApiSettings(gateways, resources, limited);
    }

    private static HashSet<string> Describe(IConfiguration section, string name, Faults faults)
    {
        var words = section.GetSection(name).Get<string[]>() ?? [];
        foreach (var word in words.Where(word => !Segment().IsMatch(word)))
            faults.Add(Texts.Format(ConfigurationTexts.ResourceMalformed, $"{GatewaySettings.Section}:{name}", word));
        return [.. words];
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._~-]{0,62}\z")]
    private static partial Regex Segment();
}
