using FinConsole.Core.LoginHistory.Countries;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

public sealed class BordersTests
{
    [Fact]
    public void A_border_has_two_sides() => Assert.Empty(
        from country in Borders.Neighbours
        from neighbour in country.Value
        where neighbour == country.Key || !Borders.Touch(neighbour, country.Key)
        select $"{country.Key} {neighbour}");

    [Fact]
    public void Every_country_with_a_border_has_a_name()
    {
        Assert.Empty(Borders.Neighbours.Keys.Except(CountryNames.All.Keys));
        Assert.Equal(250, CountryNames.All.Count);
        Assert.Equal("Kosovo", CountryNames.Of("XK"));
        Assert.Equal("QQ", CountryNames.Of("QQ"));
    }

    [Theory]
    [InlineData("PT", "ES", true)]
    [InlineData("DE", "DE", true)]
    [InlineData("IS", "IS", true)]
    [InlineData("GB", "FR", true)]
    [InlineData("SG", "MY", true)]
    [InlineData("BR", "GF", true)]
    [InlineData("PT", "FR", false)]
    [InlineData("PT", "BR", false)]
    [InlineData("IS", "NO", false)]
    [InlineData("QQ", "DE", false)]
    public void Tells_whether_two_countries_touch(string a, string b, bool touch) => Assert.Equal(touch, Borders.Touch(a, b));
}
