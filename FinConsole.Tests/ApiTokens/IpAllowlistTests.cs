using FinConsole.Core.ApiTokens;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public sealed class IpAllowlistTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  \r\n\t,;  ", "")]
    [InlineData("203.0.113.0/24", "203.0.113.0/24")]
    [InlineData("203.0.113.7", "203.0.113.7/32")]
    [InlineData("2001:DB8::1", "2001:db8::1/128")]
    [InlineData("2001:0db8:0000:0000::/32", "2001:db8::/32")]
    [InlineData("203.0.113.7, 203.0.113.7/32\n203.0.113.7", "203.0.113.7/32")]
    [InlineData("203.0.113.0/24;198.51.100.0/25 2001:db8::/32", "203.0.113.0/24\n198.51.100.0/25\n2001:db8::/32")]
    [InlineData("128.0.0.0/1", "128.0.0.0/1")]
    public void Reads_networks_as_people_type_them(string typed, string expected)
    {
        Assert.Null(IpAllowlist.Parse(typed, out var entries));
        Assert.Equal(expected, IpAllowlist.Join(entries));
    }

    [Fact]
    public void Reads_nothing_as_an_empty_list()
    {
        Assert.Null(IpAllowlist.Parse((string?)null, out var entries));
        Assert.Empty(entries);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("203.0.113")]
    [InlineData("203.0.113.256")]
    [InlineData("203.0.113.07")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("010.0.0.1")]
    [InlineData("203.0.113.0/")]
    [InlineData("203.0.113.0/33")]
    [InlineData("203.0.113.0/-1")]
    [InlineData("203.0.113.0/+8")]
    [InlineData("203.0.113.0/24/24")]
    [InlineData("203.0.113.0/99999999999")]
    [InlineData("203.0.113.0/255.255.255.0")]
    [InlineData("203.0.113.1/24")]
    [InlineData("2001:db8::1/64")]
    [InlineData("2001:db8::/129")]
    [InlineData("[2001:db8::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("203.0.113.1:443")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("example.com")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("203.0.113.٣")]
    [InlineData("203.0.113.7\0")]
    [InlineData("'; DROP TABLE ApiTokens; --")]
    public void Refuses_what_is_no_network_and_keeps_nothing(string typed)
    {
        Assert.NotNull(IpAllowlist.Parse("198.51.100.0/24\n" + typed, out var entries));
        Assert.Empty(entries);
    }

    [Fact]
    public void Says_which_entry_is_wrong_and_what_may_have_been_meant()
    {
        Assert.Contains("“203.0.113.9/24”", IpAllowlist.Parse("203.0.113.9/24", out _), StringComparison.Ordinal);
        Assert.Contains("Did you mean 203.0.113.0/24?", IpAllowlist.Parse("203.0.113.9/24", out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_no_more_than_the_beginning_of_a_megabyte()
    {
        var fault = IpAllowlist.Parse(new string('9', 1_000_000), out _);
        Assert.InRange(fault!.Length, 1, 200);
    }

    [Fact]
    public void Holds_fifty_networks_and_not_one_more()
    {
        string[] fifty = [.. Enumerable.Range(0, 50).Select(number => $"2001:db8:1111:2222:3333:4444:5555:{number:x4}")];
        Assert.Null(IpAllowlist.Parse(fifty, out var entries));
        Assert.Equal(50, entries.Count);
        Assert.InRange(IpAllowlist.Join(entries).Length, 1, 3000);
        Assert.NotNull(IpAllowlist.Parse([.. fifty, "203.0.113.1"], out _));
    }

    [Fact]
    public void Keeps_an_address_inside_ipv4s_own_part_of_ipv6_apart_from_ipv4()
    {
        Assert.Null(IpAllowlist.Parse("::ffff:203.0.113.7", out var entries));
        Assert.Equal("::ffff:203.0.113.7/128", Assert.Single(entries));
    }
}
