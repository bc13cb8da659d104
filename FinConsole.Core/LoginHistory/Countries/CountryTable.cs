using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace FinConsole.Core.LoginHistory.Countries;

/// <summary>
/// Which country an address was given to, from a table of address ranges that lies beside the program. Read once, never changed, and so
/// shared by all threads. <c>build/make-country-table.py</c> makes the table and describes its format.
/// </summary>
public sealed class CountryTable
{
    /// <summary>The table's name in the program's folder.</summary>
    public const string FileName = "countries.bin";

    /// <summary>What is asked where there is no table: it knows no country.</summary>
    public static readonly CountryTable None = new("", [""], Stretches<uint>.None, Stretches<ulong>.None);

    private readonly string?[] _countries;
    private readonly Stretches<uint> _v4;
    private readonly Stretches<ulong> _v6;

    internal CountryTable(string source, IEnumerable<string> countries, Stretches<uint> v4, Stretches<ulong> v6) =>
        (Source, _countries, _v4, _v6) = (source, [.. countries.Select(country => country.Length == 0 ? null : country)], v4, v6);

    /// <summary>Name and version of what it was made from; empty for <see cref="None"/>.</summary>
    public string Source { get; }

    internal IEnumerable<string> Countries => _countries.OfType<string>();

    /// <summary>The country's two letters (ISO 3166-1, and XK for Kosovo); null where the table knows none. IPv6 is told by /64.</summary>
    public string? Find(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out _))
            return null;
        return address.AddressFamily == AddressFamily.InterNetwork
            ? _countries[_v4.At(BinaryPrimitives.ReadUInt32BigEndian(bytes))]
            : _countries[_v6.At(BinaryPrimitives.ReadUInt64BigEndian(bytes))];
    }
}

/// <summary>The address space of one family, cut where the country changes.</summary>
/// <param name="Firsts">Where each stretch begins; ascending, the first at 0.</param>
/// <param name="Countries">Each stretch's country by number; 0 for none.</param>
internal sealed record Stretches<T>(T[] Firsts, byte[] Countries)
    where T : struct
{
    public static readonly Stretches<T> None = new([default], [0]);

    public int At(T address)
    {
        var index = Array.BinarySearch(Firsts, address);
        return Countries[index >= 0 ? index : ~index - 1];
    }
}
