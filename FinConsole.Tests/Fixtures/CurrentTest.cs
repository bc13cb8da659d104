global using static FinConsole.Tests.Fixtures.CurrentTest;
using Xunit;

namespace FinConsole.Tests.Fixtures;

/// <summary>What every test needs at hand.</summary>
public static class CurrentTest
{
    /// <summary>Cancelled when the run is.</summary>
    public static CancellationToken Stop => TestContext.Current.CancellationToken;
}
