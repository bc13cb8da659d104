using Xunit.Sdk;
using Xunit.v3;

namespace FinConsole.Tests.Fixtures;

/// <summary>
/// Begins with the classes that take longest: whatever begins last is waited for by all the rest. The others keep xUnit's order, which
/// differs from folder to folder.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // Of both suites.
    private static readonly string[] Longest =
    [
        "KillTests", "CommandTests", "RestoreTests", "KeyRingRotationTests", "UseCaseMatrixTests",
        "IdleTests", "PagesTests", "SecurityPagesTests", "MfaLooksTests",
    ];

    private readonly DefaultTestCollectionOrderer _rest = DefaultTestCollectionOrderer.Instance;

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. _rest.OrderTestCollections(testCollections).OrderBy(collection => RankOf(collection))];

    private static int RankOf(ITestCollection collection)
    {
        var rank = Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Contains($".{name} (", StringComparison.Ordinal));
        return rank < 0 ? Longest.Length : rank;
    }
}
