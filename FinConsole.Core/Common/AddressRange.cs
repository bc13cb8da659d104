using System.Globalization;
using System.Net;

namespace FinConsole.Core.Common;

/// <summary>An IP address or a network in CIDR form, IPv4 or IPv6.</summary>
/// <param name="Network">The network; of a single address /32 or /128.</param>
public sealed record AddressRange(IPNetwork Network)
{
    /// <summary>The address in canonical text, as rows keep it; null for a network of several.</summary>
    public string? Single => Network.PrefixLength == Network.BaseAddress.GetAddressBytes().Length * 8 ? Network.BaseAddress.ToString() : null;

    /// <summary>Reads "203.0.113.7", "203.0.113.0/24", "2001:db8::/32". Bits behind the prefix are let go; null for what is neither.</summary>
    public static AddressRange? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpText.TryParse(slash < 0 ? text : text[..slash], out var address))
            return null;
        address = IpText.Plain(address);
        var widest = address.GetAddressBytes().Length * 8;
        var bits = widest;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > widest))
            return null;
        return new AddressRange(new IPNetwork(Masked(address, bits), bits));
    }

    /// <summary>Whether an address in canonical text lies in it.</summary>
    public bool Contains(string? ip) => ip is not null && IPAddress.TryParse(ip, out var address) && Network.Contains(address);

    public override string ToString() => Single ?? Network.ToString();

    private static IPAddress Masked(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF << (8 - Math.Clamp(bits - (i * 8), 0, 8)));
        return new IPAddress(bytes);
    }
}
