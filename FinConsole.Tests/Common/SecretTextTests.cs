using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn.AccessTokens;
using Xunit;

namespace FinConsole.Tests.Common;

/// <summary>Tokens of ours in text that is stored or logged.</summary>
public sealed class SecretTextTests
{
    private static readonly string Token = ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal();
    private static readonly string Masked = $"{Token[..11]}…{Token[^4..]}";

    [Fact]
    public void Every_kind_of_token_is_found_and_masked()
    {
        var refresh = RefreshToken.NewSecret().Reveal();
        var secrets = Enum.GetValues<TokenEnvironment>().Select(ApiTokenSecret.Generate).Append(ApiTokenSecret.GenerateForService()).Select(secret => secret.Reveal());
        foreach (var secret in secrets)
            Assert.Equal($"{secret[..11]}…{secret[^4..]}", SecretText.Mask(secret));
        Assert.Equal($"{refresh[..8]}…{refresh[^4..]}", SecretText.Mask(refresh));
        Assert.True(SecretText.IsIn(refresh));
    }

    [Fact]
    public void So_is_one_within_other_text_cut_off_or_in_other_letters()
    {
        Assert.Equal($"Bearer {Masked}, and \"{Masked}\"", SecretText.Mask($"Bearer {Token}, and \"{Token}\""));
        Assert.DoesNotContain(Token[7..40], SecretText.Mask(Token[..40]), StringComparison.Ordinal);
        Assert.False(SecretText.Mask(Token.ToUpperInvariant()).Contains(Token[7..], StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("fc_prd_abcd…wxyz")]
    [InlineData("fc_prd_abcd")]
    [InlineData("Payments of fc_dev_")]
    [InlineData("0198a000-0000-7000-8000-000000000001")]
    [InlineData("")]
    public void Other_text_stays_as_it_is(string text) => Assert.Equal((text, false), (SecretText.Mask(text), SecretText.IsIn(text)));

    [Fact]
    public void What_is_kept_of_sent_text_holds_none_whatever_hides_in_it_and_wherever_it_is_cut()
    {
        Assert.Equal(Masked, PlainText.ForStorage(Token.Insert(20, "\0"), 200));
        Assert.Equal(16, PlainText.ForStorage(Token, 100).Length);
        Assert.DoesNotContain(Token[7..20], PlainText.ForStorage(new string('x', 30) + Token, 60), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_one_is_refused() => Assert.Equal(InputTexts.NoToken, PlainText.Fault($"Key {Token}", 100));
}
