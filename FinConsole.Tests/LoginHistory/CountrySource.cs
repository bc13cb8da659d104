using System.Buffers.Binary;
using System.Globalization;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.LoginHistory;

/// <summary>Made-up sources of a country table, packed by the script that packs the real one, and searched the slow way.</summary>
internal static class CountrySource
{
    private static readonly string[] Codes = ["DE", "FR", "PT", "BR", "JP", "US"];

    /// <summary>500 ranges: of all lengths, some touching, some apart, some inside another.</summary>
    public static IReadOnlyList<SourceRange> Ranges(Random dice, int bits)
    {
        var ranges = new List<SourceRange>();
        var next = UInt128.Zero;
        var step = UInt128.One << (bits - 10);
        while (ranges.Count < 500)
        {
            if (dice.Next(3) == 0)
                next += Up(dice, step);
            var last = next + Up(dice, step);
            ranges.Add(new SourceRange(next, last, Codes[dice.Next(Codes.Length)]));
            if (dice.Next(4) == 0 && last - next > 8)
                ranges.Add(new SourceRange(next + ((last - next) / 3), next + ((last - next) / 2), Codes[dice.Next(Codes.Length)]));
            next = last + 1;
        }

        return ranges;
    }

    /// <summary>The smallest range that holds the address has the word.</summary>
    public static string? Search(IEnumerable<SourceRange> ranges, UInt128 number) =>
        ranges.Where(range => range.First <= number && number <= range.Last).OrderBy(range => range.Last - range.First).FirstOrDefault()?.Country;

    public static async Task<CountryTable> PackAsync(string folder, IReadOnlyList<SourceRange> v4, IReadOnlyList<SourceRange> v6)
    {
        File.WriteAllText(Path.Combine(folder, "package.json"), """{ "name": "@made/up", "version": "1" }""");
        Write(folder, "ipv4", v4);
        Write(folder, "ipv6", v6);
        var target = Path.Combine(folder, "table.bin");
        await Programs.RunAsync("python3", [Path.Combine(SourceTree.Root, "build", "make-country-table.py"), folder, target]);
        return CountryTableFile.Read(target);
    }

    public static byte[] Bytes(UInt128 number)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return bytes;
    }

    private static void Write(string folder, string family, IEnumerable<SourceRange> ranges) => File.WriteAllLines(
        Path.Combine(folder, $"geo-whois-asn-country-{family}-num.csv"),
        ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.First},{range.Last},{range.Country}")));

    private static UInt128 Up(Random dice, UInt128 most) => most >> dice.Next(20) | (UInt128)dice.Next(1000);
}

/// <param name="First">The first address, as a number.</param>
/// <param name="Last">The last.</param>
/// <param name="Country">Two letters.</param>
internal sealed record SourceRange(UInt128 First, UInt128 Last, string Country)
{
    /// <summary>Both ends and what is a step beyond them.</summary>
    public IEnumerable<UInt128> Ends(UInt128 step) => [First, Last, First >= step ? First - step : First, Last <= UInt128.MaxValue - step ? Last + step : Last];
}
