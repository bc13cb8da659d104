using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.LoginHistory.Countries;

/// <summary>Where an address is.</summary>
/// <param name="Country">Two letters; null where nobody knows.</param>
/// <param name="Evaluable">False for addresses that can have no country: private and reserved ones, and what is no address.</param>
public readonly record struct Place(string? Country, bool Evaluable);

/// <summary>Tells where addresses are: own networks as configured, then the country table.</summary>
public sealed class Places(CountryTable table, IOptions<CountryOptions> options)
{
    private const int NetworkBitsV4 = 24;
    private const int NetworkBitsV6 = 48;

    // The narrowest first: it knows best.
    private readonly (IPNetwork Network, string Country)[] _own =
        [.. options.Value.Places.OrderByDescending(place => place.Key.PrefixLength).Select(place => (place.Key, place.Value))];

    public Place Locate(string? ip)
    {
        if (Parse(ip) is not { } address)
            return new Place(null, Evaluable: false);
        foreach (var (network, country) in _own)
        {
            if (network.Contains(address))
                return new Place(country, Evaluable: true);
        }

        return SpecialAddresses.Holds(address) ? new Place(null, Evaluable: false) : new Place(table.Find(address), Evaluable: true);
    }

    /// <summary>The /24 or /48 that an address lies in, as CIDR; null for what is no address.</summary>
    public static string? Network(string? ip)
    {
        if (Parse(ip) is not { } address)
            return null;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? NetworkBitsV4 : NetworkBitsV6;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return $"{new IPAddress(bytes)}/{bits}";
    }

    private static IPAddress? Parse(string? ip)
    {
        if (!IPAddress.TryParse(ip, out var address))
            return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
