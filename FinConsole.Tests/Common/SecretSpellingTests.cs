using System.Globalization;
using System.Text;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Links;
using Xunit;

namespace FinConsole.Tests.Common;

/// <summary>Secrets of ours in other spellings of the same characters: none is stored or logged, and nothing else is taken for one.</summary>
public sealed class SecretSpellingTests
{
    // Not secret: made up, and signed by nobody.
    private static readonly string Jwt =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIwMTk4YTAwMCIsInJvbGUiOiJhZG1pbiJ9." + Base62.Random(86);

    [Fact]
    public void However_a_secret_is_spelled_it_is_found_and_only_its_ends_are_kept()
    {
        var random = new Random(20261201);
        for (var round = 0; round < 2000; round++)
        {
            var secret = NewSecret(round % 5);
            var spelled = Spell(secret, random);
            var text = $"Café 100%: {spelled} — größer";

            Assert.True(SecretText.IsIn(text), text);
            var masked = SecretText.Mask(text);
            Assert.Matches("^Café 100%: .{4,11}….{4}.* — größer$", masked);
            Assert.DoesNotContain(secret[15..21], FoldedText.Of(masked)!.Text, StringComparison.Ordinal);
            Assert.False(SecretText.IsIn(masked), masked);
            Assert.Equal(masked, SecretText.MaskKept(text));
        }
    }

    [Fact]
    public void A_secret_of_a_link_is_kept_nowhere_and_nothing_is_refused_for_its_look()
    {
        foreach (var secret in Enumerable.Range(0, 500).Select(_ => OneTimeLink.NewSecret().Reveal()).Append(RefreshToken.NewSecret().Reveal()[4..]))
        {
            var address = $"https://console.example/account/reset?token={secret}";

            Assert.Equal($"https://console.example/account/reset?token={secret[..4]}…{secret[^4..]}", SecretText.MaskKept(address));
            Assert.Equal($"{secret[..4]}…{secret[^4..]}", PlainText.ForStorage(secret, 100));
            Assert.Equal((address, false), (SecretText.Mask(address), SecretText.IsIn(address)));
        }
    }

    [Theory]
    [InlineData("Production key of the payroll service, rotated every 90 days (see ADR-12)")]
    [InlineData("fc_prd_abcd…wxyz was replaced by fc-dev-keys.example.org")]
    [InlineData("FCR-2026-000123456 / fcr-report.pdf / fc_dev_1")]
    [InlineData("0198a000-0000-7000-8000-000000000001")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("47DEQpj8HBSaabTImWA5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDQvcvYjIKZkrpSwYo")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("/audit?q=action%3Atoken.create%20since%3A2026-01-01%2520and%EF%BC%86more")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36")]
    [InlineData("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnzyis1ZjfNB0bBgKFMSv")]
    [InlineData("ThisIsAVeryLongCamelCaseIdentifierForMyClas")]
    [InlineData("donaudampfschifffahrtselektrizitaetenhauptb")]
    [InlineData("WyIyMDI2LTEyLTAxIiwiMDE5OGEwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAxIl0")]
    [InlineData("eyJ is how a JWT begins; 100% of them, %zz and %C3 too")]
    [InlineData("Ｆｕｌｌ ｗｉｄｔｈ ﷺ \u200b and e\u0301 \ud83d\ude00")]
    [InlineData("DE89370400440532013000 ann.lee+finance@acme-payments.example")]
    public void Ordinary_text_stays_as_it_is(string text) =>
        Assert.Equal((text, text, false), (SecretText.Mask(text), SecretText.MaskKept(text), SecretText.IsIn(text)));

    [Fact]
    public void Half_characters_and_broken_encodings_are_no_trouble()
    {
        var token = ApiTokenSecret.GenerateForService().Reveal();
        foreach (var junk in new[] { "\ud800", "\udc00", "%", "%F0%9F", "%ff%fe", "%25%25%2", "\ufffe" })
            Assert.Equal($"{junk} {token[..11]}…{token[^4..]} {junk}", SecretText.Mask($"{junk} {token} {junk}"));
    }

    private static string NewSecret(int kind) => kind switch
    {
        0 => ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal(),
        1 => ApiTokenSecret.GenerateForService().Reveal(),
        2 => RefreshToken.NewSecret().Reveal(),
        // Without its kind.
        3 => ApiTokenSecret.Generate(TokenEnvironment.Development).Reveal()[7..],
        _ => Jwt,
    };

    private static string Spell(string secret, Random random)
    {
        var text = random.Next(3) == 0 && secret[..2] == "fc" ? secret.Replace('_', '-') : secret;
        for (var twice = 0; twice < 2; twice++)
        {
            text = random.Next(5) switch
            {
                0 => Each(text, random, each => Uri.HexEscape(each)),
                1 => Each(text, random, each => char.IsAscii(each) && each > ' ' ? ((char)(each + 0xFEE0)).ToString() : each.ToString()),
                2 => Each(text, random, each => each + "\u200b"),
                3 => Uri.EscapeDataString(Each(text, random, each => each + "\u00ad")),
                _ => text.Replace("_", "%5F", StringComparison.Ordinal).Replace("%", "%25", StringComparison.Ordinal),
            };
        }

        return text;
    }

    private static string Each(string text, Random random, Func<char, string> spell)
    {
        var spelled = new StringBuilder();
        foreach (var each in text)
            spelled.Append(char.IsAscii(each) && random.Next(3) == 0 ? spell(each) : each.ToString(CultureInfo.InvariantCulture));
        return spelled.ToString();
    }
}
