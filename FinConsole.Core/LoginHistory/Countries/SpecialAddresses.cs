using System.Net;
using System.Net.Sockets;

namespace FinConsole.Core.LoginHistory.Countries;

/// <summary>Addresses that are nowhere: those that the IANA special-purpose address registries (RFC 6890) and RFC 4291 keep from the public internet.</summary>
internal static class SpecialAddresses
{
    private static readonly IPNetwork[] V4 = Networks(
        "0.0.0.0/8", // this network, RFC 791
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private, RFC 1918
        "100.64.0.0/10", // carrier-grade NAT, RFC 6598
        "127.0.0.0/8", // loopback
        "169.254.0.0/16", // link-local, RFC 3927
        "192.0.0.0/24", // protocol assignments, RFC 6890
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation, RFC 5737
        "192.31.196.0/24", "192.175.48.0/24", // AS112, RFC 7535 and 7534
        "192.52.193.0/24", // AMT, RFC 7450
        "192.88.99.0/24", // 6to4 relays, RFC 7526
        "198.18.0.0/15", // benchmarks, RFC 2544
        "224.0.0.0/4", // multicast
        "240.0.0.0/4"); // reserved, and broadcast

    // Of IPv6 only 2000::/3 is handed out; within it:
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] V6 = Networks(
        "2001::/23", // protocol assignments, RFC 2928: Teredo, benchmarks, ORCHID, drones
        "2001:db8::/32", "3fff::/20", // documentation, RFC 3849 and 9637
        "2002::/16", // 6to4, RFC 3056
        "2620:4f:8000::/48"); // AS112, RFC 7534

    /// <param name="address">Never IPv4 mapped into IPv6.</param>
    public static bool Holds(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? Array.Exists(V4, network => network.Contains(address))
        : !GlobalUnicast.Contains(address) || Array.Exists(V6, network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] texts) => [.. texts.Select(text => IPNetwork.Parse(text))];
}
