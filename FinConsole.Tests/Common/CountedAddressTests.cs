using System.Net;
using FinConsole.Core.Common;
using Xunit;

namespace FinConsole.Tests.Common;

public sealed class CountedAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2::", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::")]
    [InlineData("::1", "::")]
    [InlineData("fe80::1%4", "fe80::")]
    public void Is_the_address_of_IPv4_and_the_first_of_the_64_of_IPv6(string ip, string counted)
    {
        Assert.Equal(counted, CountedAddress.Of(ip));
        Assert.Equal(IPAddress.Parse(counted), CountedAddress.Of(IPAddress.Parse(ip)));
    }

    [Fact]
    public void Counts_what_is_no_address_as_itself() => Assert.Equal("unix", CountedAddress.Of("unix"));
}
