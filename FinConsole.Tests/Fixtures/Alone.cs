using Xunit;

namespace FinConsole.Tests.Fixtures;

/// <summary>Tests that measure the heap: it is the whole process', so nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
