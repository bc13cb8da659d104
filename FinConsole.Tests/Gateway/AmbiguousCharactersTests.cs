using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FinConsole.Core.Common;
using FinConsole.Web.Gateway;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Configuration;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>Every character of Unicode in a request target: what some server reads as a slash, a dot or as nothing is refused, and letters are not.</summary>
public sealed partial class AmbiguousCharactersTests
{
    private const string Structure = "/\\%;#?";

    // UTF-7, UTF-8, UTF-16, UTF-32: no character becomes another one.
    private static readonly int[] Unicode = [1200, 1201, 12000, 12001, 65000, 65001];

    // DerivedCoreProperties.txt of Unicode 16, Default_Ignorable_Code_Point.
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    private static readonly KnownResources Resources = new(new GatewaySettings { Resources = new HashSet<string> { "accounts" } });

    private static IEnumerable<Rune> BeyondAscii => Enumerable.Range(0x80, 0x110000 - 0x80).Where(Rune.IsValid).Select(value => new Rune(value));

    [Fact]
    public void The_tables_are_what_normalization_and_all_code_pages_make_of_Unicode()
    {
        var (structural, dots) = (new SortedSet<char>(), new SortedSet<char>());
        foreach (var rune in BeyondAscii)
        {
            var normal = UnicodeText.Normalize(rune.ToString(), NormalizationForm.FormKC);
            if (normal.AsSpan().ContainsAny(Structure) || !normal.AsSpan().ContainsAnyExcept('.'))
                structural.Add((char)rune.Value);
        }

        foreach (var (from, read) in BestFits())
        {
            if (read.AsSpan().ContainsAny(Structure.Replace("?", "", StringComparison.Ordinal)))
                structural.Add(from);
            else if (read.Contains('.', StringComparison.Ordinal))
                dots.Add(from);
        }

        dots.ExceptWith(structural);
        Assert.Equal(Shown(structural), Shown(AmbiguousCharacters.Structural));
        Assert.Equal(Shown(dots), Shown(AmbiguousCharacters.Dots));
    }

    [Fact]
    public void What_Unicode_lets_be_ignored_is_invisible_and_letters_are_not()
    {
        foreach (var rune in BeyondAscii)
        {
            var expected = Ignorable.Any(range => rune.Value >= range.First && rune.Value <= range.Last) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value == 0x2800;
            Assert.True(expected == AmbiguousCharacters.IsInvisible(rune), $"U+{rune.Value:X4}");
        }
    }

    [Fact]
    public void No_character_behind_dots_makes_a_segment_of_them()
    {
        foreach (var rune in BeyondAscii.Where(rune => Rune.IsWhiteSpace(rune) || AmbiguousCharacters.IsInvisible(rune) || IsIn(AmbiguousCharacters.Dots + AmbiguousCharacters.FullStops, rune)))
        {
            foreach (var segment in new[] { $"..{rune}", $"{rune}..", $".{rune}.", $"{rune}", $"{rune}{rune}", $"..{rune}%3Fx" })
                Assert.True(!IsRead(segment), $"U+{rune.Value:X4} {segment}");
        }
    }

    [Fact]
    public void No_word_holds_what_is_read_as_structure_and_every_letter_else()
    {
        foreach (var rune in BeyondAscii)
        {
            if (IsIn(AmbiguousCharacters.Structural + AmbiguousCharacters.OtherSlashes, rune) || Rune.IsControl(rune))
                Assert.True(!IsRead($"a{rune}b"), $"U+{rune.Value:X4}");
            else
                Assert.True(IsRead($"a{rune}b"), $"U+{rune.Value:X4}");
        }
    }

    [Fact]
    public void The_documented_Apache_lets_no_path_through_that_is_refused_here()
    {
        var apache = new Regex(Pattern().Match(GatewayProgram.Documented("apache-common.conf")).Groups[1].Value, RegexOptions.CultureInvariant);
        Assert.Matches(apache, "GET /v1/accounts/caf%C3%A9/%E6%97%A5 HTTP/1.1");
        var wrong = BeyondAscii.SelectMany(rune => new[] { $"..{rune}", $"{rune}", $"a{rune}b" })
            .Concat(["..%20", "%20..", "...", "%20", ".%20.", "..", "."]).Select(TargetOf)
            .Where(target => apache.IsMatch($"GET {target} HTTP/1.1") && RequestedResource.Read(target, "GET", Resources) is null);

        Assert.Empty(wrong.Take(40));
    }

    private static bool IsRead(string segment) => RequestedResource.Read(TargetOf(segment), "GET", Resources) is not null;

    private static string TargetOf(string segment) =>
        "/v1/accounts/" + string.Concat(Encoding.UTF8.GetBytes(segment).Select(each => each < 0x80 ? ((char)each).ToString() : $"%{each:X2}")) + "/7";

    private static bool IsIn(string table, Rune rune) => rune.IsBmp && table.Contains((char)rune.Value, StringComparison.Ordinal);

    private static string Shown(IEnumerable<char> characters) => string.Join(' ', characters.Order().Select(character => $"{(int)character:X4}"));

    // What each character is read as once it was encoded in a code page, where that is ASCII. Not registered: the program itself knows no code pages.
    private static IEnumerable<(char From, string Read)> BestFits()
    {
        var provider = CodePagesEncodingProvider.Instance;
        var pages = provider.GetEncodings().Concat(Encoding.GetEncodings()).Select(page => page.CodePage).Distinct().Except(Unicode).ToList();
        Assert.True(pages.Count > 100, $"Only {pages.Count} code pages.");
        foreach (var encoding in pages.Select(page => provider.GetEncoding(page) ?? Encoding.GetEncoding(page)))
        {
            for (var value = 0x80; value < 0x10000; value++)
            {
                if (!char.IsSurrogate((char)value) && encoding.GetString(encoding.GetBytes([(char)value])) is var read && !read.AsSpan().ContainsAnyExceptInRange('\0', '\x7F'))
                    yield return ((char)value, read);
            }
        }
    }

    [GeneratedRegex(@"THE_REQUEST\} !~ m#(.+)#""")]
    private static partial Regex Pattern();
}
