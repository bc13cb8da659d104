using System.Net;
using FinConsole.Core.LoginHistory.Countries;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

public sealed class CountryTableTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finconsole-");

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, CountryTable.FileName);

    public void Dispose() => _folder.Delete(recursive: true);

    // Read in the CSV by hand: first and last addresses of ranges, neighbours, gaps, a small range inside a larger one, both families.
    [Theory]
    [InlineData("1.0.0.0", "AU")]
    [InlineData("1.0.0.255", "AU")]
    [InlineData("1.0.1.0", "CN")]
    [InlineData("1.0.3.255", "CN")]
    [InlineData("1.0.4.0", "AU")]
    [InlineData("0.255.255.255", null)]
    [InlineData("2.16.5.255", "NL")]
    [InlineData("2.16.6.0", "DE")]
    [InlineData("2.16.7.255", "DE")]
    [InlineData("2.16.8.0", "NL")]
    [InlineData("2.58.197.14", "DE")]
    [InlineData("2.58.197.15", "BE")]
    [InlineData("2.58.197.16", "DE")]
    [InlineData("5.61.192.1", "SK")]
    [InlineData("5.61.194.0", "NL")]
    [InlineData("::ffff:1.0.1.0", "CN")]
    [InlineData("240.0.0.1", null)]
    [InlineData("255.255.255.255", null)]
    [InlineData("2001:2::", "JP")]
    [InlineData("2001:2:0:ffff::1", "JP")]
    [InlineData("2001:3::", null)]
    [InlineData("2001:200::", "AU")]
    [InlineData("2001:506:9:0:ffff::", "US")]
    [InlineData("::", null)]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null)]
    public void Knows_the_country_of_an_address(string ip, string? country) =>
        Assert.Equal(country, CountryTableFile.Read(Shipped).Find(IPAddress.Parse(ip)));

    [Fact]
    public void Names_every_country_that_it_tells()
    {
        var table = CountryTableFile.Read(Shipped);

        Assert.StartsWith("geo-whois-asn-country ", table.Source, StringComparison.Ordinal);
        Assert.Empty(table.Countries.Except(CountryNames.All.Keys));
    }

    [Fact]
    public async Task Agrees_with_a_linear_search_at_every_end_of_a_thousand_ranges()
    {
        var dice = new Random(20260101);
        var v4 = CountrySource.Ranges(dice, 32);
        var v6 = CountrySource.Ranges(dice, 128);
        var table = await CountrySource.PackAsync(_folder.FullName, v4, v6);

        foreach (var range in v4)
        {
            foreach (var number in range.Ends(UInt128.One).Where(number => number <= uint.MaxValue))
                Assert.Equal(CountrySource.Search(v4, number), table.Find(new IPAddress(CountrySource.Bytes(number)[12..])));
        }

        foreach (var range in v6)
        {
            // By /64: each address has the country of its network's first.
            foreach (var number in range.Ends(UInt128.One << 64))
                Assert.Equal(CountrySource.Search(v6, number >> 64 << 64), table.Find(new IPAddress(CountrySource.Bytes(number))));
        }
    }

    [Fact]
    public async Task Covers_the_last_address_of_all()
    {
        var table = await CountrySource.PackAsync(
            _folder.FullName, [new(0xFFFF_FF00, uint.MaxValue, "NO")], [new(UInt128.MaxValue - 1, UInt128.MaxValue, "NO"), new(0, ulong.MaxValue, "SE")]);

        Assert.Equal("NO", table.Find(IPAddress.Broadcast));
        Assert.Null(table.Find(IPAddress.Parse("255.255.254.255")));
        Assert.Equal("SE", table.Find(IPAddress.IPv6Loopback));
        Assert.Null(table.Find(IPAddress.Parse("0:0:0:1::")));
    }

    [Fact]
    public void Refuses_a_damaged_table_wherever_the_damage_is()
    {
        var whole = File.ReadAllBytes(Shipped);
        var path = Path.Combine(_folder.FullName, "damaged.bin");
        for (var place = 0; place < whole.Length; place += whole.Length / 40)
        {
            var damaged = whole.ToArray();
            damaged[place] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            var refusal = Assert.Throws<CountryTableException>(() => CountryTableFile.Read(path));
            Assert.Contains(path, refusal.Message, StringComparison.Ordinal);

            File.WriteAllBytes(path, whole[..place]);
            Assert.Throws<CountryTableException>(() => CountryTableFile.Read(path));
        }
    }

    [Fact]
    public void Runs_without_a_table_but_not_without_the_one_that_was_asked_for()
    {
        Assert.Null(CountryTable.None.Find(IPAddress.Parse("1.0.0.0")));
        Assert.Null(CountryTable.None.Find(IPAddress.Parse("2001:200::")));

        using var services = new ServiceCollection().AddCountries()
            .Configure<CountryOptions>(options => options.CountryTable = Path.Combine(_folder.FullName, "none.bin")).BuildServiceProvider();
        Assert.Throws<CountryTableException>(services.GetRequiredService<CountryTable>);
    }
}
