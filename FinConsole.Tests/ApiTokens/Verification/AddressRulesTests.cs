using System.Net;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Verification;
using Xunit;

namespace FinConsole.Tests.ApiTokens.Verification;

/// <summary>Compiled allowlists say what <see cref="IPNetwork"/> says.</summary>
public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.0", true)]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.0/24", "203.0.114.0", false)]
    [InlineData("203.0.113.0/24", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7/32", "203.0.113.7", true)]
    [InlineData("203.0.113.7/32", "203.0.113.6", false)]
    [InlineData("128.0.0.0/1", "255.1.2.3", true)]
    [InlineData("128.0.0.0/1", "127.255.255.255", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("2001:db8::1/128", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "203.0.113.7", false)]
    [InlineData("::/1", "203.0.113.7", true)]
    public void An_address_is_in_a_network_or_not(string network, string address, bool allowed)
    {
        var column = IpAllowlist.Join(["192.0.2.0/25", network]);

        Assert.Equal(allowed, AddressRules.Of(column)!.Allows(IPAddress.Parse(address)));
    }

    [Fact]
    public void No_list_allows_everybody_and_a_list_nobody_unknown()
    {
        Assert.Null(AddressRules.Of(""));
        Assert.False(AddressRules.Of("203.0.113.0/24")!.Allows(null));
    }
}
