using FinConsole.Core.Common;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.SignIn;

public sealed class PasswordRulesTests
{
    private static readonly PasswordOwner Owner = new("Ann Miller", "ann.miller@acme.example", "Acme Payments", HasMfa: false);

    [Theory]
    [InlineData(TestMember.Password)]
    [InlineData("correct llama stapler 9 orchid")]
    [InlineData("Grüße aus dem Zwölfender-Wald")]
    [InlineData("пять лиловых черепах 38")]
    [InlineData("🐙🦀🐡 tide pools at seven")]
    public void Accepts(string password) => Assert.Null(PasswordRules.Evaluate(new Secret(password), Owner).Refusal);

    [Theory]
    [InlineData("", "at least 15")]
    [InlineData("x9$Lq0!vTz2&Wp", "at least 15")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "too easy")]
    [InlineData("qwertyuiopasdfghjkl", "too easy")]
    [InlineData("123456789012345678", "too easy")]
    [InlineData("annmilleracme2026", "from your name")]
    [InlineData("Ann.Miller@acme.example", "from your name")]
    [InlineData("ACMEPAYMENTS-finconsole", "from your name")]
    public void Refuses(string password, string why) =>
        Assert.Contains(why, PasswordRules.Evaluate(new Secret(password), Owner).Refusal ?? "accepted", StringComparison.Ordinal);

    [Theory]
    [InlineData("abc", 20)]
    [InlineData("asdfghjkl", 7)]
    [InlineData("x", 15)]
    [InlineData("~", 15)]
    [InlineData("ж", 15)]
    [InlineData("🐙", 15)]
    [InlineData("k7V", 6)]
    [InlineData("k7VqZw", 3)]
    [InlineData("AbCaBc", 3)]
    [InlineData("ａｂｃ", 6)]
    [InlineData("Summer2026!", 2)]
    [InlineData("monkey", 3)]
    [InlineData("1q2w3e4r", 2)]
    [InlineData("1qaz2wsx3edc4rfv", 1)]
    [InlineData("qwertyuiop asdfghjkl zxcvbnm", 1)]
    [InlineData("poiuytrewqlkjhgfdsamnbvcxz", 1)]
    [InlineData("qwertzuiopasdfghjklyxcvbnm", 1)]
    [InlineData("azertyuiopqsdfghjklm", 1)]
    [InlineData("йцукенгшщзхъфывапролджэ", 1)]
    [InlineData("abcdefghijklmnop1234567890", 1)]
    [InlineData("zyxwvutsrqponmlk", 1)]
    [InlineData("abcd1234efgh5678", 1)]
    [InlineData("112233445566778899", 1)]
    [InlineData("aaaabbbbccccdddd", 1)]
    [InlineData("!@#$%^&*()_!@#$%^&*()", 1)]
    public void Refuses_length_that_is_made_of_repetition_or_of_runs_along_the_alphabet_or_the_keyboard(string unit, int times)
    {
        var password = string.Concat(Enumerable.Repeat(unit, times));
        Assert.NotNull(PasswordRules.Evaluate(new Secret(password), Owner).Refusal);
        Assert.NotNull(PasswordRules.Evaluate(new Secret(password), Owner with { HasMfa = true }).Refusal);
        Assert.InRange(PasswordRules.Evaluate(new Secret(password), Owner).Score, 0, 2);
        Assert.NotEmpty(PasswordRules.Evaluate(new Secret(password), Owner).Advice);
    }

    [Theory]
    [InlineData("acmepayments2026acmepayments2026")]
    [InlineData("Acme Payments 2026 Acme Payments 2026")]
    [InlineData("AcmePayments2026-AcmePayments2027!")]
    [InlineData("ann.miller ann.miller ann.miller 1")]
    [InlineData("ＡｃｍｅＰａｙｍｅｎｔｓ２０２６")]
    [InlineData("finconsolefinconsole123123123")]
    [InlineData("millermillermiller12345678")]
    public void Refuses_words_of_the_account_however_often_they_stand_there(string password) =>
        Assert.Contains("from your name", PasswordRules.Evaluate(new Secret(password), Owner).Refusal ?? "accepted", StringComparison.Ordinal);

    [Theory]
    [InlineData("marble wagon thicket slumber")]
    [InlineData("the cat and the hat and the old bat")]
    [InlineData("river stone river lamp copper river")]
    [InlineData("understudy canopy first student defer")]
    [InlineData("bookkeeper balloon coffee committee")]
    [InlineData("row row row your boat gently downstream")]
    [InlineData("eins zwei drei vier Zwiebelkuchen")]
    [InlineData("acme lantern thicket wagon marble")]
    [InlineData("we met Ann at the harbour in 1987")]
    [InlineData("correct-horse-battery-staple-correct")]
    [InlineData("gq7m-x2kd-w9vt-h4pz")]
    [InlineData("b1946ac92492d2347c6235b4d2611184")]
    [InlineData("Tr0ub4dor&3 over the moon")]
    [InlineData("東京の夜は静かで長い夢を見た猫")]
    [InlineData("ich habe 4 Katzen und 3 Hunde")]
    [InlineData("zażółć gęślą jaźń wieczorem")]
    public void Raises_no_false_alarm(string password) => Assert.Null(PasswordRules.Evaluate(new Secret(password), Owner).Refusal);

    [Fact]
    public void Refuses_a_common_password_where_a_second_factor_allows_a_short_one() =>
        Assert.Contains("attackers try first", PasswordRules.Evaluate(new Secret("iloveyou"), Owner with { HasMfa = true }).Refusal ?? "accepted", StringComparison.Ordinal);

    [Fact]
    public void Counts_characters_and_not_the_units_that_they_are_kept_in()
    {
        // Seven emoji are fourteen UTF-16 units; with seven letters more they are fourteen characters.
        Assert.Contains("at least 15", PasswordRules.Evaluate(new Secret("🐙🦀🐡🐬🦈🐳🐚kvqzwxj"), Owner).Refusal ?? "accepted", StringComparison.Ordinal);
        Assert.Null(PasswordRules.Evaluate(new Secret("🐙🦀🐡🐬🦈🐳🐚kvqzwxjy"), Owner).Refusal);
    }

    [Fact]
    public void Takes_exactly_the_shortest_and_the_longest()
    {
        const string Strong = "k7Vq-Zw2x_Jy9Tb!Lm4c";
        Assert.Null(PasswordRules.Evaluate(new Secret(Strong[..15]), Owner).Refusal);
        Assert.NotNull(PasswordRules.Evaluate(new Secret(Strong[..14]), Owner).Refusal);
        Assert.Null(PasswordRules.Evaluate(new Secret(Strong[..8]), Owner with { HasMfa = true }).Refusal);
        Assert.NotNull(PasswordRules.Evaluate(new Secret(Strong[..7]), Owner with { HasMfa = true }).Refusal);

        var longest = string.Concat(Enumerable.Repeat(Strong, 7))[..128];
        Assert.Null(PasswordRules.Evaluate(new Secret(longest), Owner).Refusal);
        Assert.Contains("at most 128", PasswordRules.Evaluate(new Secret(longest + "x"), Owner).Refusal ?? "accepted", StringComparison.Ordinal);
    }

    [Fact]
    public void Demands_no_kinds_of_characters() =>
        Assert.Null(PasswordRules.Evaluate(new Secret("marble wagon thicket slumber"), Owner).Refusal);

    [Fact]
    public void Advises_on_what_is_weak_and_stays_silent_on_what_is_strong()
    {
        Assert.NotEmpty(PasswordRules.Evaluate(new Secret("password"), Owner).Advice);
        Assert.Equal(4, PasswordRules.Evaluate(new Secret("marble wagon thicket slumber"), Owner).Score);
        Assert.Empty(PasswordRules.Evaluate(new Secret("marble wagon thicket slumber"), Owner).Advice);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public void Judges_anything_without_failing(string name)
    {
        var text = NaughtyStrings.All[name];
        Assert.NotNull(PasswordRules.Evaluate(new Secret(text), Owner));
        Assert.NotNull(PasswordRules.Evaluate(new Secret("marble wagon thicket"), new PasswordOwner(text, text, text, HasMfa: false)));
    }

    [Fact]
    public void Judges_for_many_at_once() =>
        Parallel.For(0, 200, number => Assert.Null(PasswordRules.Evaluate(new Secret($"marble wagon thicket {number}"), Owner).Refusal));
}
