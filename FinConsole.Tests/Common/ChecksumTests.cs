using System.IO.Hashing;
using System.Text;
using FinConsole.Core.Common;
using Xunit;

namespace FinConsole.Tests.Common;

public sealed class ChecksumTests
{
    [Theory]
    [InlineData("123456789", 0xCBF43926)] // the check value of CRC-32/ISO-HDLC
    [InlineData("", 0x00000000)]
    [InlineData("a", 0xE8B7BE43)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339)]
    public void Crc32_answers_what_the_standard_answers(string text, uint expected) => Assert.Equal(expected, Crc32.HashToUInt32(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(0, "000000")]
    [InlineData(61, "00000z")]
    [InlineData(62, "000010")]
    [InlineData(uint.MaxValue, "4gfFC3")]
    public void Base62_writes_the_most_significant_digit_first(uint number, string expected) => Assert.Equal(expected, Base62.Encode(number, 6));

    [Fact]
    public void Base62_draws_every_character_equally_often()
    {
        var drawn = Base62.Random(62_000).GroupBy(character => character).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(Base62.Alphabet.Order(), drawn.Keys.Order());
        // 1000 expected of each; six standard deviations of about 31 either way.
        Assert.All(drawn.Values, count => Assert.InRange(count, 810, 1190));
    }

    [Theory]
    [InlineData("azAZ09", true)]
    [InlineData("", true)]
    [InlineData("a-b", false)]
    [InlineData("a_b", false)]
    [InlineData("é", false)]
    [InlineData("a\0", false)]
    [InlineData("٣", false)]
    public void Base62_knows_its_own_characters(string text, bool expected) => Assert.Equal(expected, Base62.IsBase62(text));
}
