using FinConsole.Core.Common;
using Xunit;

namespace FinConsole.Tests.Common;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("check", "Checkout (EU)", 0)]
    [InlineData("CHECKOUT (e", "Checkout (EU)", 0)]
    [InlineData("eu", "Checkout (EU)", 1)]
    [InlineData("eu check", "Checkout (EU)", 1)]
    [InlineData("bot", "cotton_bot", 1)]
    [InlineData("log in", "Login history", 2)]
    [InlineData("out", "Checkout (EU)", 2)]
    [InlineData("check us", "Checkout (EU)", null)]
    [InlineData("élo", "E\u0301lodie", 0)]
    [InlineData("bob", "Bobo bob", 0)]
    [InlineData("ob ob", "bob ob", 1)]
    public void Ranks_the_beginning_before_words_and_words_before_parts_of_them(string text, string name, int? rank) =>
        Assert.Equal(rank, SearchWords.Of(text).Rank(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("\0")]
    public void Nothing_typed_is_no_word(string? text) => Assert.True(SearchWords.Of(text).IsEmpty);

    [Fact]
    public void A_long_text_is_cut_and_so_are_many_words()
    {
        Assert.Equal(SearchWords.LongestText, SearchWords.Of(new string('x', 1_000_000)).Text.Length);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], SearchWords.Of("A b C d E f g h").Words);
    }
}
