using System.Text.RegularExpressions;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Exports;
using Xunit;

namespace FinConsole.Tests.Hosting.Exports;

/// <summary>A cell of CSV is the text again, and no formula to any spreadsheet.</summary>
public sealed class CsvTests
{
    private const char AnyOther = ' ';
    private static readonly string[] Signs =
        ["=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "\uFE66", "\uFE62", "\uFE63", "\uFE6B", "\u207C", "\u207A", "\u208C", "\u208A", "\u2A75", "\u2212", "\u207B"];

    private static readonly string[] Unseen =
    [
        "", "\u00AD", "\u061C", "\u034F", "\u115F", "\u180E", "\u200B", "\u200D", "\u202E", "\u2060", "\u206F", "\u2800", "\u3164", "\uFE0F", "\uFEFF", "\uFFA0", "\uFFF9", "\U000E0001", "\U000E0020",
        " ", "\u00A0", "\u3000", "\u2028", "\u0001", " \u00AD\u200B ", "\"", "\"\"", " \" ",
    ];

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("'=1+1", "\"''=1+1\"")]
    [InlineData("'", "\"''\"")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("+49 30", "\"'+49 30\"")]
    [InlineData("-2", "\"'-2\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("\n=1", "\"'\n'=1\"")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("bot/2.1; +http://bot.example", "\"bot/2.1;' +http://bot.example\"")]
    [InlineData("x;'=1+1;y", "\"x;''=1+1;y\"")]
    [InlineData("x|=1,@2\t-3", "\"x|'=1,'@2\t'-3\"")]
    [InlineData("x;\"=1+1&\"", "\"x;'\"\"=1+1&\"\"\"")]
    [InlineData("a=b", "\"a=b\"")]
    [InlineData("a,b;c", "\"a,b;c\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("", "\"\"")]
    [InlineData(null, "")]
    [InlineData("ädmin 👩‍👩‍👧", "\"ädmin 👩‍👩‍👧\"")]
    public async Task A_text_is_quoted_and_never_a_formula(string? text, string cell) => Assert.Equal($"text,after\r\n{cell},1\r\n", await CsvFile.WriteAsync(CsvOptions.Default, text));

    [Theory]
    [InlineData("=1+1", "\"=1+1\"")]
    [InlineData("'=1+1", "\"'=1+1\"")]
    [InlineData("x;=\"1\"", "\"x;=\"\"1\"\"\"")]
    [InlineData("", "\"\"")]
    [InlineData(null, "")]
    public async Task Without_the_guard_a_text_is_what_it_is(string? text, string cell) =>
        Assert.Equal($"text,after\r\n{cell},1\r\n", await CsvFile.WriteAsync(new CsvOptions(Guard: false), text));

    [Fact]
    public async Task A_sign_that_a_spreadsheet_takes_for_one_of_a_formula_is_found_in_every_form_and_behind_whatever_is_not_seen()
    {
        foreach (var (sign, unseen, separator) in Signs.SelectMany(sign => Unseen.SelectMany(unseen => ",;|\t\r\n".Select(separator => (sign, unseen, separator)))))
        {
            var text = $"{unseen}{sign}1";
            Assert.Equal([$"'{text}"], Cells(await CsvFile.WriteAsync(CsvOptions.Default, text)));
            Assert.Equal([$"x{separator}'{text}"], Cells(await CsvFile.WriteAsync(CsvOptions.Default, $"x{separator}{text}")));
        }

        foreach (var text in new[] { "\u00ADx=1", "\u2800", "é=1", "、=1", "１=1", "\u00A0a", "x; y", "x;\u00A0a", "x;" })
            Assert.Equal([text], Cells(await CsvFile.WriteAsync(CsvOptions.Default, text)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_text_is_there_again_when_the_guard_is_undone_as_documented_and_no_other_text_has_its_cell(int seed)
    {
        var texts = CsvFile.AnyTexts(seed, 2_000).Concat(NaughtyStrings.All.Values.Where(text => text.Length < 1_000 && UnicodeText.IsWellFormed(text))).Distinct().ToArray();

        var (guarded, plain) = (Cells(await CsvFile.WriteAsync(CsvOptions.Default, texts)), Cells(await CsvFile.WriteAsync(new CsvOptions(Guard: false), texts)));

        Assert.Equal(texts, plain);
        Assert.Equal(texts, guarded.Select(Undo));
        Assert.Equal(texts.Length, guarded.Distinct().Count());
        Assert.NotEqual(texts, guarded);
        // The other way: a cell is the text of another cell.
        Assert.Equal(guarded, Cells(await CsvFile.WriteAsync(CsvOptions.Default, [.. guarded])).Select(Undo));
    }

    [Theory]
    [InlineData(',', true)]
    [InlineData(';', true)]
    [InlineData('|', true)]
    [InlineData('\t', true)]
    [InlineData(AnyOther, true)]
    [InlineData(',', false)]
    [InlineData(';', false)]
    [InlineData('\t', false)]
    public async Task A_spreadsheet_sees_no_formula_whatever_its_separator_is_and_whether_it_knows_quotes(char separator, bool knowsQuotes)
    {
        var texts = CsvFile.AnyTexts(7, 3_000).ToArray();
        var unguarded = await CsvFile.WriteAsync(new CsvOptions(Guard: false), texts);

        Assert.Contains(Seen(unguarded), cell => IsFormula(cell));
        Assert.DoesNotContain(Seen(await CsvFile.WriteAsync(CsvOptions.Default, texts)), cell => IsFormula(cell));

        IEnumerable<string> Seen(string file) => CsvFile.Read(file, separator == AnyOther ? '\0' : separator, knowsQuotes).SelectMany(row => row);
    }

    // What docs/audit-log.md tells readers to do.
    private static string Undo(string cell) => Regex.Replace(cell, @"(^|[,;|\t\r\n])'", "$1");

    private static bool IsFormula(string cell)
    {
        var seen = cell.TrimStart(' ', '\u200B', '\u00A0');
        return seen.Length > 0 && Signs.Contains(seen[..1]);
    }

    private static List<string> Cells(string file) => [.. CsvFile.Read(file, ',', knowsQuotes: true).Skip(1).Select(row => row[0])];
}
