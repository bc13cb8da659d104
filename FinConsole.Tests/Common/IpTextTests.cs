using System.Net;
using FinConsole.Core.Common;
using Xunit;

namespace FinConsole.Tests.Common;

public sealed class IpTextTests
{
    /// <summary>What <see cref="IPAddress"/> reads as an address that nobody meant.</summary>
    public static TheoryData<string> Misread =>
    [
        "1", "3405803783", "203.0.28935", "203.0.113", "0313.0.0161.7", "0xcb.0.113.7", "203.0.113.07", "fe80::1%1", "fe80::1%lo",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%4294967295", "[2001:db8::1]", "[2001:db8::1]:443",
    ];

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("2001:DB8:0::1", "2001:db8::1")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    public void Reads_an_address_in_the_forms_that_every_program_reads_alike(string text, string plain)
    {
        Assert.True(IpText.TryParse(text, out var address));
        Assert.Equal(plain, IpText.Plain(address).ToString());
    }

    [Theory]
    [MemberData(nameof(Misread))]
    public void Refuses_what_is_read_as_an_address_that_nobody_meant(string text)
    {
        Assert.False(IpText.TryParse(text, out var address));
        Assert.Null(address);
    }

    [Fact]
    public void Leaves_the_zone_out_which_is_this_machines_word_for_a_network_card() =>
        Assert.Equal("fe80::1", IpText.Plain(IPAddress.Parse("fe80::1%7")).ToString());
}
