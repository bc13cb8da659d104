using System.Net;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>The proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed (<c>Proxies:Trusted</c>: addresses and CIDR ranges).</summary>
public sealed record TrustedProxies(IReadOnlyList<IPNetwork> Networks)
{
    /// <summary>Whether the other end of a connection is one of them. Without an address it is a socket of this machine.</summary>
    public bool Includes(IPAddress? peer) => peer is null || Networks.Any(network => network.Contains(IpText.Plain(peer)));

    internal static TrustedProxies Read(IConfiguration configuration, Faults faults)
    {
        return new TrustedProxies(ReadNetworks(configuration.GetSection("Proxies:Trusted"), faults));
    }

    internal static IReadOnlyList<IPNetwork> ReadNetworks(IConfigurationSection section, Faults faults)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in section.Get<string[]>() ?? [])
        {
            if (IpText.TryParse(text, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else if (IpText.TryParse(text.Split('/')[0], out _) && IPNetwork.TryParse(text, out var network))
                networks.Add(network);
            else
                faults.Add(Texts.Format(ConfigurationTexts.ProxyMalformed, section.Path, text));
        }

        return networks;
    }
}
