using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace FinConsole.Core.Common;

/// <summary>IP addresses as somebody wrote them, and in the one form in which they are compared, counted and kept.</summary>
public static class IpText
{
    /// <summary>
    /// Reads an address in a form that every program reads alike. <see cref="IPAddress"/> also reads "1" as 0.0.0.1, "010.1.1.1" in octal,
    /// "[::1]:443" without its port, and zones ("fe80::1%eth0"), which name a network card of whoever wrote them.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out IPAddress? address)
    {
        if (IPAddress.TryParse(text, out address) && !text.AsSpan().ContainsAny("%[]") && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text))
            return true;
        address = null;
        return false;
    }

    /// <summary>
    /// The address itself: IPv4 as such, also where a dual-stack socket shows it as ::ffff:203.0.113.7, and IPv6 without its zone, which is this
    /// machine's word for a network card and says nothing of the caller.
    /// </summary>
    public static IPAddress Plain(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        return address.ScopeId == 0 ? address : new IPAddress(address.GetAddressBytes());
    }
}
