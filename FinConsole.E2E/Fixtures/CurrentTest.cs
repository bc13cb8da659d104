global using static FinConsole.E2E.Fixtures.CurrentTest;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>What every test needs at hand.</summary>
public static class CurrentTest
{
    /// <summary>Cancelled when the run is.</summary>
    public static CancellationToken Stop => TestContext.Current.CancellationToken;
}
