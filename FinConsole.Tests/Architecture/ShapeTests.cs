using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>What the source tree looks like.</summary>
public sealed class ShapeTests
{
    private const int LongestFile = 300;

    private static readonly string[] Projects = ["FinConsole.Core", "FinConsole.Web", "FinConsole.Tests", "FinConsole.E2E"];

    [Fact]
    public void No_file_is_longer_than_three_hundred_lines() => Assert.Empty(
        Projects.SelectMany(project => SourceTree.Files(project, ".cs", ".razor", ".css", ".js"))
            .Where(file => file.Text.Split('\n').Length > LongestFile + 1)
            .Select(file => $"{file}: {file.Text.Split('\n').Length} lines"));

    [Fact]
    public void Half_the_files_of_the_program_are_short_and_nine_in_ten_of_middling_length()
    {
        var lengths = new[] { "FinConsole.Core", "FinConsole.Web" }.SelectMany(project => SourceTree.Files(project, ".cs", ".razor"))
            .Select(file => file.Text.Split('\n').Length).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, 60);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 150);
    }

    [Fact]
    public void Program_is_a_table_of_contents() =>
        Assert.InRange(File.ReadLines(Path.Combine(SourceTree.Root, "FinConsole.Web", "Program.cs")).Count(), 1, 60);

    [Fact]
    public void Tests_lie_under_the_name_of_the_feature_that_they_test()
    {
        string[] own = ["Architecture", "Fixtures"];
        var features = SourceTree.Files("FinConsole.Core", ".cs").Concat(SourceTree.Files("FinConsole.Web", ".cs", ".razor")).Select(file => file.Feature).Concat(own).ToHashSet();

        Assert.Empty(new[] { "FinConsole.Tests", "FinConsole.E2E" }.SelectMany(project => SourceTree.Files(project, ".cs", ".razor"))
            .Where(file => file.Feature != "" && !features.Contains(file.Feature)).Select(file => file.ToString()));
    }

    [Fact]
    public void Every_file_of_Core_and_Web_has_the_namespace_of_its_folder() => Assert.Empty(
        new[] { "FinConsole.Core", "FinConsole.Web" }.SelectMany(project => SourceTree.Files(project, ".cs"))
            .Where(file => file.Feature != "")
            .Where(file => !file.Text.Contains($"namespace {file.Project}.{Path.GetDirectoryName(file.Path)!.Replace('/', '.')};", StringComparison.Ordinal))
            .Select(file => file.ToString()));
}
