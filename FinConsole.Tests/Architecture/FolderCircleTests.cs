using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>Folders of Web need no folder that needs them, whatever lies in between: one can be read, and changed, after another.</summary>
public sealed class FolderCircleTests
{
    private const string Web = "FinConsole.Web";

    [Fact]
    public void Folders_of_Web_have_no_circles() => Assert.Empty(CirclesIn(CompiledDependencies.Program, Web));

    [Theory]
    [InlineData("", "A.One -> B.Two", "B.Two -> C.Three")]
    [InlineData("", "A.One -> A.Two", "A.Two -> A.One")]
    [InlineData("", "A.One -> Top", "Top -> A.Two")]
    [InlineData("A, B", "A.One -> B.Two", "B.Other -> A.Three", "B.Other -> C.Three")]
    [InlineData("A, B", "A.One+Nested -> B.Deep.Two", "B.Other`1 -> A.Deep.Three")]
    [InlineData("A, B, C", "A.One -> B.Two", "B.Two -> C.Three", "C.Other -> A.Four", "D.Five -> A.Four")]
    public void A_circle_is_found_however_long_it_is(string circle, params string[] uses)
    {
        var read = uses.Select(use => use.Split(" -> ")).Select(use => new Dependency($"{Web}.{use[0]}", $"{Web}.{use[1]}"));

        Assert.Equal(circle.Length == 0 ? [] : [circle], CirclesIn([.. read], Web).Select(found => found.Split(':')[0]));
    }

    // Each set of folders that need each other, with the uses between them.
    private static IEnumerable<string> CirclesIn(IReadOnlyList<Dependency> uses, string root)
    {
        var between = uses.Select(use => (From: FolderOf(use.From, root), To: FolderOf(use.To, root), Use: use))
            .Where(use => use is { From: not null, To: not null } && use.From != use.To)
            .ToList();
        var needs = between.ToLookup(use => use.From!, use => use.To!);
        var reached = needs.Select(folder => folder.Key).ToDictionary(folder => folder, folder => ReachedFrom(folder, needs));
        return
            from folder in reached.Keys.Order(StringComparer.Ordinal)
            let circle = reached[folder].Where(other => reached.GetValueOrDefault(other)?.Contains(folder) == true).Append(folder).Distinct().Order(StringComparer.Ordinal).ToList()
            where circle.Count > 1 && circle[0] == folder
            select $"{string.Join(", ", circle)}: {string.Join("; ", between.Where(use => circle.Contains(use.From!) && circle.Contains(use.To!)).Select(use => use.Use).Distinct())}";
    }

    private static HashSet<string> ReachedFrom(string folder, ILookup<string, string> needs)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>(needs[folder]);
        while (next.TryPop(out var other))
        {
            if (!reached.Add(other))
                continue;
            foreach (var further in needs[other])
                next.Push(further);
        }

        return reached;
    }

    // The folder of a type; null for what lies at the top, where the parts are put together, or elsewhere.
    private static string? FolderOf(string type, string root) =>
        type.StartsWith(root + ".", StringComparison.Ordinal) && type[(root.Length + 1)..].Split('.') is { Length: > 1 } parts ? parts[0] : null;
}
