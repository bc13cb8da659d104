using System.Text.RegularExpressions;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>Tokens live in other people's configuration: their format is pinned here and must not drift.</summary>
public sealed partial class ApiTokenSecretTests
{
    private const string Golden = "fc_dev_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg3v5dDu";
    private const string GoldenOfService = "fc_svc_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg1ezIQH";

    // Made by Python's zlib.crc32 and hmac, not by this code.
    [Theory]
    [InlineData(Golden)]
    [InlineData(GoldenOfService)]
    [InlineData("fc_stg_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz4Wq4WA")]
    [InlineData("fc_prd_zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJ0ImKyZ")]
    public void Reads_tokens_that_were_made_elsewhere(string text)
    {
        Assert.True(ApiTokenSecret.TryParse(text, out var secret));
        Assert.Equal(text, secret!.Reveal());
        Assert.Equal((text[..11], text[^4..]), (secret.Prefix, secret.LastFour));
    }

    [Fact]
    public void Is_found_under_the_same_key_for_ever()
    {
        ApiTokenSecret.TryParse(Golden, out var secret);
        var key = new TokenLookup(new Pepper(CoreHost.PepperBytes)).KeyOf(secret!);
        Assert.Equal("cd2783666550e397106c615f81847035a1293a6f9e48c7877180fcacefd32337", Convert.ToHexStringLower(key));
    }

    [Fact]
    public void Is_found_under_another_key_with_another_pepper()
    {
        ApiTokenSecret.TryParse(Golden, out var secret);
        var key = new TokenLookup(new Pepper(new byte[Pepper.Length])).KeyOf(secret!);
        Assert.NotEqual("cd2783666550e397106c615f81847035a1293a6f9e48c7877180fcacefd32337", Convert.ToHexStringLower(key));
    }

    [Theory]
    [InlineData(TokenEnvironment.Development, "fc_dev_")]
    [InlineData(TokenEnvironment.Staging, "fc_stg_")]
    [InlineData(TokenEnvironment.Production, "fc_prd_")]
    public void Makes_tokens_of_56_characters_that_name_their_environment(TokenEnvironment environment, string start)
    {
        var text = ApiTokenSecret.Generate(environment).Reveal();
        Assert.Equal(56, text.Length);
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.Matches(ForScanners(), text);
        Assert.True(ApiTokenSecret.TryParse(text, out _));
    }

    [Fact]
    public void Makes_tokens_of_services_that_say_so()
    {
        var text = ApiTokenSecret.GenerateForService().Reveal();
        Assert.StartsWith("fc_svc_", text, StringComparison.Ordinal);
        Assert.Matches(ForScanners(), text);
        Assert.True(ApiTokenSecret.TryParse(text, out var secret));
        Assert.Equal(TokenKind.Service, secret!.Kind);
    }

    [Theory]
    [InlineData(Golden, TokenKind.Tenant)]
    [InlineData(GoldenOfService, TokenKind.Service)]
    public void Tells_a_tenants_token_from_a_services(string text, TokenKind kind)
    {
        Assert.True(ApiTokenSecret.TryParse(text, out var secret));
        Assert.Equal(kind, secret!.Kind);
    }

    [Fact]
    public void Makes_no_token_twice() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal()).Distinct().Count());

    [Fact]
    public void Notices_any_one_character_typed_wrongly()
    {
        for (var place = 0; place < Golden.Length; place++)
        {
            foreach (var other in Base62.Alphabet.Where(character => character != Golden[place]))
                Assert.False(ApiTokenSecret.TryParse(Golden[..place] + other + Golden[(place + 1)..], out _), $"{other} at {place}");
        }
    }

    [Fact]
    public void Notices_any_two_neighbours_swapped()
    {
        for (var place = 0; place < Golden.Length - 1; place++)
            Assert.False(ApiTokenSecret.TryParse(Golden[..place] + Golden[place + 1] + Golden[place] + Golden[(place + 2)..], out _), $"at {place}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" " + Golden)]
    [InlineData(Golden + "\n")]
    [InlineData("fc_dev_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg3v5dD")]
    [InlineData("fc_tst_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg3v5dDu")]
    [InlineData("fc_svc_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg3v5dDu")]
    [InlineData("FC_DEV_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg3v5dDu")]
    [InlineData("fc_dev_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcde\0g3v5dDu")]
    [InlineData("fc_dev_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcd٣fg3v5dDu")]
    public void Refuses_what_is_no_token(string? text)
    {
        Assert.False(ApiTokenSecret.TryParse(text, out var secret));
        Assert.Null(secret);
    }

    [Fact]
    public void Refuses_a_megabyte_at_once() => Assert.False(ApiTokenSecret.TryParse(new string('a', 1_000_000), out _));

    [Fact]
    public void Prints_no_more_than_its_first_eleven_characters()
    {
        ApiTokenSecret.TryParse(Golden, out var secret);
        Assert.Equal("fc_dev_0123…", secret!.ToString());
        Assert.Equal("fc_dev_0123…", $"{secret}");
    }

    // The pattern that the documents give to secret scanners.
    [GeneratedRegex(@"\Afc_(dev|stg|prd|svc)_[0-9A-Za-z]{49}\z")]
    private static partial Regex ForScanners();
}
