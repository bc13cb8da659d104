using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>An allowlist made ready once: each network as the bits that must agree, IPv4 within IPv6 as RFC 4291, section 2.5.5.2, maps it.</summary>
public sealed class AddressRules
{
    private const int AddressBytes = 16;
    private const int MappedBits = 96;

    private readonly (UInt128 Network, UInt128 Mask)[] _rules;

    private AddressRules((UInt128 Network, UInt128 Mask)[] rules) => _rules = rules;

    /// <summary>Reads the column as <see cref="IpAllowlist.Join"/> wrote it; null for an empty one, which allows every address.</summary>
    public static AddressRules? Of(string column)
    {
        if (column.Length == 0)
            return null;
        return new AddressRules([.. IpAllowlist.Split(column).Select(IPNetwork.Parse).Select(RuleOf)]);
    }

    /// <summary>Whether one of the networks holds the address. An unknown address is in none.</summary>
    public bool Allows(IPAddress? address)
    {
        if (address is null)
            return false;
        var bits = BitsOf(address);
        foreach (var (network, mask) in _rules)
        {
            if ((bits & mask) == network)
                return true;
        }

        return false;
    }

    private static (UInt128 Network, UInt128 Mask) RuleOf(IPNetwork network)
    {
        var length = network.PrefixLength + (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? MappedBits : 0);
        var mask = UInt128.MaxValue << (128 - length);
        return (BitsOf(network.BaseAddress) & mask, mask);
    }

    private static UInt128 BitsOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[AddressBytes];
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            address.TryWriteBytes(bytes, out _);
            return BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }

        bytes.Clear();
        bytes[10] = bytes[11] = 0xFF;
        address.TryWriteBytes(bytes[12..], out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
