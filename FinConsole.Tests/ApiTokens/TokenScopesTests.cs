using FinConsole.Core.ApiTokens;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public sealed class TokenScopesTests
{
    [Fact]
    public void Puts_a_set_in_one_order_without_doubles() =>
        Assert.Equal(["read:payments", "write:limited", "rotate:self"], TokenScopes.Canonical(["rotate:self", " WRITE:limited ", "read:payments", "read:payments"]));

    [Theory]
    [InlineData("")]
    [InlineData("read:everything")]
    [InlineData("read:* write:*")]
    [InlineData("read:payments\0")]
    public void Refuses_a_word_that_is_no_scope(string word) => Assert.Null(TokenScopes.Canonical(["read:*", word]));

    [Fact]
    public void Refuses_an_empty_set() => Assert.Null(TokenScopes.Canonical([]));

    [Fact]
    public void Every_scope_is_canonical_and_survives_its_column() => Assert.Equal(TokenScopes.All, TokenScopes.Split(TokenScopes.Join(TokenScopes.Canonical(TokenScopes.All.Reverse())!)));

    [Theory]
    [InlineData("read:*", "read:payments", true)]
    [InlineData("write:*", "write:limited", true)]
    [InlineData("write:*", "write:accounts", true)]
    [InlineData("read:*", "write:accounts", false)]
    [InlineData("write:*", "read:accounts", false)]
    [InlineData("read:payments", "read:*", false)]
    [InlineData("write:limited", "write:payments", false)]
    [InlineData("read:*", "read:audit", false)]
    [InlineData("read:*", "read:login-history", false)]
    [InlineData("read:*", "read:usage", false)]
    [InlineData("read:* write:*", "rotate:self", false)]
    [InlineData("read:audit", "read:audit", true)]
    public void A_wildcard_covers_its_resources_but_never_the_consoles_own_routes(string wider, string narrower, bool covers) =>
        Assert.Equal(covers, TokenScopes.Cover(TokenScopes.Split(wider), [narrower]));

    [Fact]
    public void Production_starts_with_nothing_and_every_default_is_a_scope()
    {
        Assert.Empty(TokenScopes.DefaultsFor(TokenEnvironment.Production));
        Assert.Equal(["read:*"], TokenScopes.DefaultsFor(TokenEnvironment.Development));
        Assert.Equal(["read:*", "write:limited"], TokenScopes.DefaultsFor(TokenEnvironment.Staging));
    }

    [Fact]
    public void All_scopes_together_fit_their_column() => Assert.InRange(TokenScopes.Join(TokenScopes.All).Length, 1, 500);
}
