using System.Net;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>
/// Reads which gateways may call <c>authorize</c>, and by which headers each of them forwards: <c>Gateway:Trusted</c> with
/// <c>Gateway:Headers</c>, and <c>Gateway:Gateways</c> for more than one kind.
/// </summary>
internal static class GatewayList
{
    private static readonly string[] Keys = ["Trusted", "Headers", "Gateways", "Resources", "LimitedResources"];
    private static readonly string[] EntryKeys = ["Networks", "Headers"];
    private static readonly IPNetwork[] Loopback = [new(IPAddress.Loopback, 32), new(IPAddress.IPv6Loopback, 128)];

    /// <summary>In Development this machine is a gateway where none is configured.</summary>
    public static IReadOnlyList<TrustedGateway> Read(IConfigurationSection section, bool development, Faults faults)
    {
        RefuseUnknown(section, Keys, faults);
        var headers = ReadHeaders(section.GetSection("Headers"), required: false, faults);
        List<TrustedGateway> all = [.. TrustedProxies.ReadNetworks(section.GetSection("Trusted"), faults).Select(network => new TrustedGateway(network, headers))];
        foreach (var entry in section.GetSection("Gateways").GetChildren())
        {
            RefuseUnknown(entry, EntryKeys, faults);
            var own = ReadHeaders(entry.GetSection("Headers"), required: true, faults);
            if (!entry.GetSection("Networks").GetChildren().Any())
                faults.Add(Texts.Format(ConfigurationTexts.GatewayNetworksMissing, entry.Path));
            all.AddRange(TrustedProxies.ReadNetworks(entry.GetSection("Networks"), faults).Select(network => new TrustedGateway(network, own)));
        }

        foreach (var (index, one) in all.Index())
        {
            foreach (var other in all.Skip(index + 1).Where(other => other.Headers != one.Headers && other.Overlaps(one)))
                faults.Add(Texts.Format(ConfigurationTexts.GatewaysOverlap, one.Network, other.Network));
        }

        if (development && all.Count == 0)
            all.AddRange(Loopback.Select(network => new TrustedGateway(network, headers)));
        return all;
    }

    // A misspelled key would leave its default in force without a word.
    private static void RefuseUnknown(IConfigurationSection section, string[] known, Faults faults)
    {
        foreach (var stray in section.GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            faults.Add(Texts.Format(ConfigurationTexts.GatewayKeyUnknown, stray.Path, string.Join(", ", known)));
    }

    private static GatewayHeaders ReadHeaders(IConfigurationSection setting, bool required, Faults faults)
    {
        if (setting.Value is null && !required)
            return GatewayHeaders.Original;
        var name = Enum.GetNames<GatewayHeaders>().FirstOrDefault(name => string.Equals(name, setting.Value, StringComparison.OrdinalIgnoreCase));
        if (name is not null)
            return Enum.Parse<GatewayHeaders>(name);
        faults.Add(Texts.Format(ConfigurationTexts.GatewayHeadersWrong, setting.Path, setting.Value));
        return GatewayHeaders.Original;
    }
}
