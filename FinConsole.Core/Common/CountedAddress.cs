using System.Net;
using System.Net.Sockets;

namespace FinConsole.Core.Common;

/// <summary>
/// What a limit counts an address as. One customer of an IPv6 provider has a whole /64 (RFC 6177, BCP 157), and can take another of its
/// addresses for each request: it counts as one. IPv4 addresses count one by one, also written as IPv6 (::ffff:203.0.113.7).
/// </summary>
public static class CountedAddress
{
    private const int PrefixBytes = 8;

    /// <summary>The address itself for IPv4, the first address of the /64 for IPv6.</summary>
    public static IPAddress Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[PrefixBytes..].Clear();
        return new IPAddress(bytes);
    }

    /// <summary>The same for an address as text; what is no address counts as itself.</summary>
    public static string Of(string ip) => IPAddress.TryParse(ip, out var address) ? Of(address).ToString() : ip;
}
