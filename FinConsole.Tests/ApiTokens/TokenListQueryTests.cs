using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Web.ApiTokens;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public sealed class TokenListQueryTests
{
    [Fact]
    public void Shows_live_tokens_newest_first_when_the_address_says_nothing()
    {
        var query = TokenListQuery.Read(null, null, null, null, null);
        Assert.True(query.IsUnfiltered);
        Assert.Equal((TokenFilter.Live, TokenSort.Newest), (query.ToFilter().Statuses, query.ToFilter().Sort));
    }

    [Theory]
    [InlineData("ended", new[] { TokenStatus.Expired, TokenStatus.Retired, TokenStatus.Invalidated, TokenStatus.Void })]
    [InlineData("EXPIRING", new[] { TokenStatus.Expiring })]
    [InlineData("ALL", null)]
    public void Reads_a_status_in_any_letter_case(string word, TokenStatus[]? statuses) =>
        Assert.Equal(statuses, TokenListQuery.Read(null, word, null, null, null).ToFilter().Statuses);

    [Theory]
    [InlineData("overdue", TokenAttention.Overdue)]
    [InlineData("Dormant", TokenAttention.Dormant)]
    public void Reads_what_needs_attention_as_live_tokens_each_in_a_row_of_its_own(string word, TokenAttention expected)
    {
        var filter = TokenListQuery.Read(null, word, null, null, null).ToFilter();

        Assert.Equal((expected, false, TokenFilter.Live), (filter.Attention!.Value, filter.Nest, filter.Statuses));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("nonsense")]
    [InlineData("Active,Void")]
    [InlineData("")]
    public void Falls_back_to_live_for_words_that_it_does_not_know(string word) =>
        Assert.Equal(TokenFilter.Live, TokenListQuery.Read(null, word, word, word, null).ToFilter().Statuses);
}
