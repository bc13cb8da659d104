using System.Runtime.CompilerServices;

namespace FinConsole.Tests.Architecture;

/// <summary>The repository's own source files, read by the tests that hold its rules.</summary>
internal static class SourceTree
{
    public static readonly string Root = FindRoot();

    /// <summary>Source files of one project that people write: nothing generated, nothing built.</summary>
    public static IReadOnlyList<SourceFile> Files(string project, params string[] extensions) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, project), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Combine(Root, project), path).Replace('\\', '/'))
            .Where(path => extensions.Contains(Path.GetExtension(path)) && !path.Split('/').Any(part => part is "bin" or "obj" or "Migrations" or "lib" or "_framework" or "node_modules"))
            .Select(path => new SourceFile(project, path, File.ReadAllText(Path.Combine(Root, project, path)))),
    ];

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

/// <param name="Project">FinConsole.Core, for example.</param>
/// <param name="Path">Inside the project, with forward slashes.</param>
/// <param name="Text">All of it.</param>
internal sealed record SourceFile(string Project, string Path, string Text)
{
    /// <summary>The feature's name; empty for files at the top.</summary>
    public string Feature => Path.Contains('/') ? Path[..Path.IndexOf('/')] : "";

    /// <summary>Lines without comments, numbered from 1.</summary>
    public IEnumerable<(int Number, string Line)> Code => Text.Split('\n').Select((line, index) => (index + 1, line.Trim()))
        .Where(line => !line.Item2.StartsWith("//", StringComparison.Ordinal) && !line.Item2.StartsWith('*'));

    public override string ToString() => $"{Project}/{Path}";
}
