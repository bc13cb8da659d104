using System.Net;
using FinConsole.Core.LoginHistory.Countries;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

public sealed class PlacesTests
{
    private static readonly Places Shipped = With();

    [Theory]
    [InlineData("1.0.0.1", "AU")]
    [InlineData("::ffff:1.0.0.1", "AU")]
    [InlineData("2001:200::1", "AU")]
    public void Locates_a_public_address(string ip, string country) => Assert.Equal(new Place(country, true), Shipped.Locate(ip));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::1.0.0.1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:2::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:100::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("ff02::1")]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData(null)]
    public void Cannot_evaluate_an_address_that_is_nowhere(string? ip) => Assert.Equal(new Place(null, false), Shipped.Locate(ip));

    [Theory]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:200::")]
    [InlineData("3ffe::1")]
    public void Can_evaluate_the_neighbours_of_reserved_ranges(string ip) => Assert.True(Shipped.Locate(ip).Evaluable);

    [Fact]
    public void Believes_what_is_said_of_own_networks_first_and_the_narrowest_most()
    {
        var places = With(("10.0.0.0/8", "DE"), ("10.1.0.0/16", "FR"), ("1.0.0.0/24", "NO"), ("2001:db8:41::/48", "PT"));

        Assert.Equal(new Place("DE", true), places.Locate("10.0.0.1"));
        Assert.Equal(new Place("FR", true), places.Locate("10.1.0.1"));
        Assert.Equal(new Place("NO", true), places.Locate("::ffff:1.0.0.7"));
        Assert.Equal(new Place("PT", true), places.Locate("2001:db8:41:7::1"));
        Assert.Equal(new Place(null, false), places.Locate("2001:db8:42::1"));
    }

    [Fact]
    public void Says_unknown_where_the_table_knows_nothing() => Assert.Equal(new Place(null, true), new Places(CountryTable.None, Options()).Locate("1.0.0.1"));

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:41:7::1", "2001:db8:41::/48")]
    [InlineData("fe80::1%eth0", "fe80::/48")]
    [InlineData("nonsense", null)]
    [InlineData(null, null)]
    public void Names_the_network_of_an_address(string? ip, string? network) => Assert.Equal(network, Places.Network(ip));

    private static Places With(params (string Network, string Country)[] own) => new ServiceCollection().AddCountries().Configure<CountryOptions>(options =>
    {
        foreach (var (network, country) in own)
            options.Places[IPNetwork.Parse(network)] = country;
    }).BuildServiceProvider().GetRequiredService<Places>();

    private static Microsoft.Extensions.Options.IOptions<CountryOptions> Options() => Microsoft.Extensions.Options.Options.Create(new CountryOptions());
}
