using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Web.Team;
using Xunit;

namespace FinConsole.Tests.Team;

public sealed class MemberListQueryTests
{
    [Fact]
    public void Shows_everybody_by_name_when_the_address_says_nothing()
    {
        var query = MemberListQuery.Read(null, null, null, null, null);
        Assert.True(query.IsUnfiltered);
        Assert.Equal(new MemberFilter(), query.ToFilter());
    }

    [Fact]
    public void Reads_its_own_words_in_any_letter_case()
    {
        foreach (var role in Enum.GetValues<Role>())
            Assert.Equal(role, MemberListQuery.Read(null, MemberListQuery.Word(role).ToUpperInvariant(), null, null, null).Role);
        foreach (var status in Enum.GetValues<MemberStatus>())
            Assert.Equal(status, MemberListQuery.Read(null, null, MemberListQuery.Word(status), null, null).Status);
        foreach (var sort in Enum.GetValues<MemberSort>())
            Assert.Equal(sort, MemberListQuery.Read(null, null, null, MemberListQuery.Word(sort), null).Sort);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("nonsense")]
    [InlineData("active,deactivated")]
    [InlineData("")]
    public void Falls_back_for_words_that_it_does_not_know(string word) =>
        Assert.Equal(new MemberFilter(), MemberListQuery.Read(null, word, word, word, null).ToFilter());
}
