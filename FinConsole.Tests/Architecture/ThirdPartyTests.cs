using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>Whoever passes the program on finds what it contains, and under which licence, in docs/third-party.md.</summary>
public sealed partial class ThirdPartyTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "third-party.md"));

    [Fact]
    public void Each_package_that_the_program_contains_has_its_row_with_version_and_licence_and_no_other_has()
    {
        using var made = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "FinConsole.Web.deps.json")));
        var contained = made.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name);

        Assert.Equal(contained.Order(StringComparer.Ordinal), RowsOf("Libraries").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_package_that_is_named_centrally_has_its_row()
    {
        var named = XDocument.Load(Path.Combine(SourceTree.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => $"{package.Attribute("Include")!.Value}/{package.Attribute("Version")!.Value}");

        Assert.Empty(named.Except([.. RowsOf("Libraries"), .. RowsOf("Tools of builds and tests")]));
    }

    // Each package and version in the first column of a section's tables, in rows that name a licence.
    private static IEnumerable<string> RowsOf(string section) =>
        from line in Document[Document.IndexOf($"## {section}", StringComparison.Ordinal)..].Split('\n').Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        let cells = line.Split('|')
        where cells.Length == 5 && Licence().IsMatch(cells[3])
        from Match package in Package().Matches(cells[1])
        select $"{package.Groups[1].Value}/{package.Groups[2].Value}";

    [GeneratedRegex("`([^`]+)` ([0-9][0-9A-Za-z.-]*)")]
    private static partial Regex Package();

    [GeneratedRegex("^ (MIT|Apache-2.0|BSD-3-Clause|MPL-2.0|PostgreSQL|Microsoft Software License Terms)[:, ]")]
    private static partial Regex Licence();
}
