using System.Globalization;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Common;

/// <summary>Every code point that there is, and every half of one.</summary>
public sealed class UnicodeTextTests
{
    private static readonly PasswordOwner Owner = new("Ann Miller", "ann.miller@acme.example", "Acme Payments", HasMfa: true);

    /// <summary>1,112,064 characters and 2,048 lone surrogates.</summary>
    private static IEnumerable<string> All =>
        Enumerable.Range(0, 0x110000).Select(point => point is >= 0xD800 and <= 0xDFFF ? ((char)point).ToString() : char.ConvertFromUtf32(point));

    [Theory]
    [InlineData(NormalizationForm.FormC)]
    [InlineData(NormalizationForm.FormD)]
    [InlineData(NormalizationForm.FormKC)]
    [InlineData(NormalizationForm.FormKD)]
    public void Normalizes_every_code_point_and_every_lone_surrogate(NormalizationForm form)
    {
        foreach (var text in All)
        {
            var normalized = UnicodeText.Normalize($"a{text}b", form);
            if (text is "\uFFFE" || IsHalf(text))
                Assert.Equal("a\uFFFDb", normalized);
        }
    }

    [Fact]
    public void Finds_the_66_noncharacters_and_the_lone_surrogates_and_repairs_nothing_else()
    {
        var broken = All.Where(text => !UnicodeText.IsWellFormed($"a{text}b")).ToList();

        Assert.Equal(66 + 2048, broken.Count);
        Assert.All(NaughtyStrings.Noncharacters, text => Assert.Contains(text, broken));
        Assert.All(broken, text => Assert.Equal("a\uFFFDb", UnicodeText.Repair($"a{text}b")));
        Assert.DoesNotContain(All.Except(broken), text => UnicodeText.Repair(text) != text);
        Assert.False(UnicodeText.IsWellFormed("\uDC69\uD83D"));
        Assert.True(UnicodeText.IsWellFormed("👩‍👩‍👧‍👦"));
    }

    [Fact]
    public void Judges_and_keeps_a_name_or_an_address_with_any_code_point_in_it()
    {
        foreach (var text in All)
        {
            var name = $"a{text}b";
            if (PlainText.Fault(name, 80) is null)
                Assert.True(UnicodeText.IsWellFormed(PlainText.Clean(name)));
            Assert.True(UnicodeText.IsWellFormed(PlainText.ForStorage(name, 80)) && !PlainText.ForStorage(name, 80).Contains('\0'));
            Assert.NotNull(Emails.Normalize(name + "@acme.example"));
            Assert.False(Emails.IsValid($"a{text}b@acme.example") && text is not [> ' ' and <= '~']);
        }
    }

    [Fact]
    public void Refuses_to_keep_a_name_with_something_in_it_that_is_no_character() =>
        Assert.All([.. NaughtyStrings.Noncharacters, "\uD800", "\uDFFF", "\uFFFD"], text => Assert.Equal("Use visible characters on one line.", PlainText.Fault($"a{text}b", 80)));

    [Fact]
    public void Refuses_a_name_with_anything_in_it_that_cannot_be_seen_and_nothing_else()
    {
        // Default_Ignorable_Code_Point of DerivedCoreProperties.txt, as pairs, and what is blank without it.
        int[] ignorable =
        [
            0xAD, 0xAD, 0x34F, 0x34F, 0x61C, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F,
            0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFF8, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF, 0x2800, 0x2800, 0x16FE4, 0x16FE4, 0x1D159, 0x1D159, 0xFFFD, 0xFFFD,
        ];
        var hidden = ignorable.Chunk(2).SelectMany(pair => Enumerable.Range(pair[0], pair[1] - pair[0] + 1)).ToHashSet();
        foreach (var text in All.Where(text => UnicodeText.IsWellFormed(text)))
        {
            var rune = Rune.GetRuneAt(text, 0);
            var refused = hidden.Contains(rune.Value) || (rune.Value != ' ' && Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            Assert.True(refused == (PlainText.Fault($"a{text}b", 80) == "Use visible characters on one line."), $"U+{rune.Value:X}");
            // What was taken under the earlier rule is still found, and may be part of a passphrase.
            Assert.True(refused || PlainText.LineFault($"a{text}b", 80) is null, $"U+{rune.Value:X}");
        }

        Assert.Null(PlainText.Fault("  Łukasz Ó Conaill-Nguyễn 山田太郎 محمد हिन्दी 🚀 ", 80));
        Assert.All(new[] { "pass\u00ADword", "emoji 👩‍👧 line", "a\u00A0b" }, text => Assert.Null(PlainText.LineFault(text, 80)));
    }

    [Fact]
    public void Refuses_a_new_password_with_something_in_it_that_is_no_character()
    {
        foreach (var text in (string[])[.. NaughtyStrings.Noncharacters, "\uD800", "\uDFFF", "\uDC69\uD83D", "\uFFFD"])
        {
            Assert.Equal(
                "It contains something that is not a character. Type it again.",
                PasswordRules.Evaluate(new Secret($"marble wagon {text} thicket slumber"), Owner).Refusal);
        }
    }

    [Fact]
    public void Turns_every_decimal_digit_of_Unicode_into_that_of_ASCII_and_nothing_else()
    {
        var digits = 0;
        foreach (var text in All)
        {
            var isDigit = CharUnicodeInfo.GetUnicodeCategory(text, 0) == UnicodeCategory.DecimalDigitNumber;
            digits += isDigit ? 1 : 0;
            var expected = isDigit ? CharUnicodeInfo.GetDecimalDigitValue(text, 0).ToString(CultureInfo.InvariantCulture) : IsHalf(text) ? "\uFFFD" : text;
            Assert.Equal(expected, UnicodeText.WithAsciiDigits(text));
        }

        Assert.True(digits >= 650, $"{digits} digits");
    }

    [Fact]
    public void Reads_a_code_in_the_digits_of_every_script_and_in_groups_as_people_type_them()
    {
        var zeros = All.Where(text => CharUnicodeInfo.GetUnicodeCategory(text, 0) == UnicodeCategory.DecimalDigitNumber && CharUnicodeInfo.GetDecimalDigitValue(text, 0) == 0);
        foreach (var zero in zeros.Select(text => char.ConvertToUtf32(text, 0)))
        {
            var code = "492038".Select(digit => char.ConvertFromUtf32(zero + digit - '0')).ToList();
            foreach (var parted in new[] { string.Concat(code), string.Join(' ', code), $"{string.Concat(code[..3])}\u3000{string.Concat(code[3..])}", $"\u200E{string.Concat(code[..3])}\u2011{string.Concat(code[3..])}\u200B\n" })
                Assert.Equal("492038", TypedCode.Compact(new Secret(parted), 36));
        }
    }

    private static bool IsHalf(string text) => text.Length == 1 && char.IsSurrogate(text[0]);
}
